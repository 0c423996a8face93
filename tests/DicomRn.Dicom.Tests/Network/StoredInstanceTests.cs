using System.Buffers.Binary;
using DicomRn.Dicom.IO.Reader;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

public sealed class StoredInstanceTests : IDisposable
{
    private const int PreambleAndPrefix = 132;

    private readonly TemporaryFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Usual_head_is_read_as_the_reader_of_data_sets_reads_it()
    {
        byte[] bytes = Usual();

        StoredInstance instance = Assert.IsType<StoredInstance>(StoredInstance.TryParse(bytes, "a.dcm"));

        Assert.Equal(Read(bytes), (instance.SopClassUid, instance.SopInstanceUid, instance.TransferSyntax, instance.DatasetOffset));
    }

    [Fact]
    public void File_without_preamble_is_left_to_the_reader_of_data_sets() =>
        Assert.Null(StoredInstance.TryParse(Usual().AsSpan(PreambleAndPrefix), "a.dcm"));

    [Fact]
    public void Wrong_group_length_is_left_to_the_reader_of_data_sets()
    {
        byte[] bytes = Usual();
        bytes[PreambleAndPrefix + 8] += 2;
        Assert.Null(StoredInstance.TryParse(bytes, "a.dcm"));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 1)]
    [InlineData(int.MaxValue)]
    public void Group_length_beyond_any_file_is_left_to_the_reader_of_data_sets(uint length)
    {
        byte[] bytes = Usual();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PreambleAndPrefix + 8), length);
        Assert.Null(StoredInstance.TryParse(bytes, "a.dcm"));
        Assert.Null(StoredInstance.TryParse(bytes.AsSpan(0, PreambleAndPrefix + 12), "a.dcm"));
    }

    [Fact]
    public void Head_that_goes_on_behind_what_was_read_is_left_to_the_reader_of_data_sets()
    {
        byte[] bytes = Usual();
        int dataset = (int)StoredInstance.TryParse(bytes, "a.dcm")!.DatasetOffset!.Value;
        Assert.Null(StoredInstance.TryParse(bytes.AsSpan(0, dataset + 1), "a.dcm"));
    }

    [Fact]
    public void Damaged_head_is_read_as_the_reader_of_data_sets_reads_it_or_not_at_all()
    {
        byte[] whole = Usual();
        int end = (int)StoredInstance.TryParse(whole, "a.dcm")!.DatasetOffset!.Value + 16;
        Random random = new(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = whole[..(random.Next(4) == 0 ? random.Next(end) : end)];
            for (int n = random.Next(3); n > 0 && damaged.Length > PreambleAndPrefix; n--)
                damaged[random.Next(PreambleAndPrefix, damaged.Length)] = (byte)random.Next(256);
            StoredInstance? instance;
            try
            {
                instance = StoredInstance.TryParse(damaged, "a.dcm");
            }
            catch (DicomDataException)
            {
                // A registered UID that is no transfer syntax: the reader says the same.
                Assert.Throws<DicomDataException>(() => Read(damaged));
                continue;
            }

            if (instance is null)
                continue;
            read++;
            Assert.Equal(Read(damaged), (instance.SopClassUid, instance.SopInstanceUid, instance.TransferSyntax, instance.DatasetOffset));
        }

        Assert.InRange(read, 1, 20_000);
    }

    private static (DicomUID?, DicomUID?, DicomTransferSyntax, long?) Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        DicomInput input = new(stream, null, "a.dcm", DicomReadLimits.Default);
        input.Peek(PreambleAndPrefix);
        input.Advance(PreambleAndPrefix);
        DicomFileMetaInformation meta = new();
        new DicomDatasetReader(input, new DicomReadSettings()).ReadMeta(meta);
        return (meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID, meta.TransferSyntax, input.Position);
    }

    private byte[] Usual() => File.ReadAllBytes(Instances.Mr().Save(_source));
}
