using System.Globalization;
using System.Text;
using CsCheck;

namespace DicomRn.Imaging.Tests;

public sealed class DecimalStringsTests
{
    [Fact]
    public void Numbers_are_the_nearest_doubles_to_the_last_bit() =>
        Gen.Select(Gen.Long, Gen.Int[1, 19], Gen.Int[0, 19], Gen.Bool).Sample((any, length, point, padded) =>
        {
            string digits = Math.Abs((decimal)any).ToString(CultureInfo.InvariantCulture).PadLeft(19, '0')[..length];
            string text = (any < 0 ? "-" : "") + digits.Insert(Math.Min(point, length), point <= length ? "." : "") + (padded ? " " : "");
            double[] parsed = DecimalStrings.Parse(Encoding.ASCII.GetBytes(text));
            return BitConverter.DoubleToInt64Bits(Assert.Single(parsed))
                == BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }, iter: 20_000);

    [Theory]
    [InlineData("1.5\\-2\\+3e1\\ .5 \\7.", new[] { 1.5, -2, 30, 0.5, 7 })]
    [InlineData("1\\\\2", new double[0])]
    [InlineData("1\\-", new double[0])]
    [InlineData("1\\.", new double[0])]
    [InlineData("1\\1.2.3", new double[0])]
    [InlineData("1\\NaN", new double[0])]
    [InlineData("1e999", new double[0])]
    [InlineData("", new double[0])]
    public void What_is_no_number_leaves_nothing(string text, double[] expected) =>
        Assert.Equal(expected, DecimalStrings.Parse(Encoding.ASCII.GetBytes(text)));
}
