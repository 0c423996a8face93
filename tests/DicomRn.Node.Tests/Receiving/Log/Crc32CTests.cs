using System.Numerics;
using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Receiving.Log;

public sealed class Crc32CTests
{
    [Fact]
    public void Checksum_is_that_of_the_standard() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12_287)]
    [InlineData(12_288)]
    [InlineData(12_301)]
    [InlineData(131_077)]
    public void Checksum_of_any_length_is_that_of_its_bytes_one_by_one(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        uint state = Crc32C.Start;
        foreach (byte one in bytes)
            state = BitOperations.Crc32C(state, one);

        Assert.Equal(~state, Crc32C.Of(bytes));
        int middle = length / 3;
        Assert.Equal(state, Crc32C.Append(Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, middle)), bytes.AsSpan(middle)));
    }
}
