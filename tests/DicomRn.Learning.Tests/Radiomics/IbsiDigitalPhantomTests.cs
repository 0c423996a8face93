using System.Globalization;
using System.Reflection;
using DicomRn.Learning.Radiomics;

namespace DicomRn.Learning.Tests.Radiomics;

public sealed class IbsiDigitalPhantomTests
{
    private static readonly Lazy<Dictionary<string, double>> Computed = new(() =>
        RadiomicsExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Mask, new RadiomicsSettings()).ToDictionary(f => f.Name, f => f.Value));

    public static TheoryData<string, double, double> BenchmarkValues()
    {
        using StreamReader file = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(DigitalPhantom), "digital-phantom-values.csv")!);
        TheoryData<string, double, double> data = [];
        while (file.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            string[] cells = line.Split(',');
            double value = double.Parse(cells[1], CultureInfo.InvariantCulture), tolerance = double.Parse(cells[2], CultureInfo.InvariantCulture);
            data.Add(cells[0], value, Math.Max(tolerance, HalfOfThirdDigit(value)));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BenchmarkValues))]
    public void Feature_has_the_benchmark_value(string tag, double value, double tolerance) =>
        Assert.InRange(Computed.Value[tag], value - tolerance * 1.0001, value + tolerance * 1.0001);

    [Fact]
    public void Bins_of_width_one_are_the_phantoms_grey_levels()
    {
        IReadOnlyList<RadiomicFeature> binned =
            RadiomicsExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Mask, new RadiomicsSettings { BinWidth = 1 });

        Assert.Equal(Computed.Value.Values, binned.Select(f => f.Value));
    }

    // Benchmark values are given with three significant digits.
    private static double HalfOfThirdDigit(double value) =>
        value == 0 ? 5e-4 : 0.5 * Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
}
