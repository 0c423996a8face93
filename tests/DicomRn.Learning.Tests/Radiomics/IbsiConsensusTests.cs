using System.Globalization;
using DicomRn.Imaging.Nifti;
using DicomRn.Learning.Radiomics;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Radiomics;

public sealed class IbsiConsensusTests(ITestOutputHelper output)
{
    private const int WantedFeatures = 150;

    private static readonly RadiomicsSettings Scheme = new()
    {
        Spacing = VoxelSpacing.Isotropic(1),
        BinWidth = 10,
        Range = new IntensityRange(0, double.PositiveInfinity),
    };

    [Fact]
    public async Task Features_of_seven_real_series_are_within_half_a_percent_of_the_median_of_the_teams()
    {
        string folder = TestData.Require("mr-rtstruct-sts");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[][] rows = [.. (await File.ReadAllLinesAsync(Path.Combine(folder, "feature_consensus.csv"), cancellation)).Skip(1).Select(l => l.Split(','))];
        HashSet<string> known = [], off = [];
        foreach (IGrouping<string, string[]> patient in rows.GroupBy(r => r[1]))
        {
            string files = Path.Combine(folder, "nifti", patient.Key);
            Dictionary<string, double> features = RadiomicsExtractor.Extract(
                await NiftiFile.ReadImageAsync(Path.Combine(files, "MR_T1_image.nii.gz"), cancellation),
                await NiftiFile.ReadMaskAsync(Path.Combine(files, "MR_T1_mask.nii.gz"), cancellation),
                Scheme).ToDictionary(f => f.Name, f => f.Value);
            foreach (string[] row in patient.Where(r => features.ContainsKey(r[0])))
            {
                double median = double.Parse(row[3], CultureInfo.InvariantCulture);
                known.Add(row[0]);
                if (!(Math.Abs(features[row[0]] - median) <= 0.005 * Math.Abs(median)))
                    off.Add(row[0]);
            }
        }

        output.WriteLine($"{known.Count - off.Count} of {known.Count} in all patients; not {string.Join(' ', off.Order())}");
        Assert.True(known.Count - off.Count >= WantedFeatures, $"{known.Count - off.Count} features agree; not {string.Join(' ', off.Order())}");
    }
}
