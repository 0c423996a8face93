using System.Globalization;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A phantom study, and any number of copies of it under UIDs of their own.</summary>
internal sealed class PhantomStudies
{
    private const string StandardRoot = "1.2.840.10008.";
    private readonly string[] _originals;

    private PhantomStudies(string[] originals) => _originals = originals;

    /// <summary>Writes the phantom to the folder <c>phantom</c>.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="spacing">Voxel size in mm: column, row, slice.</param>
    public static async Task<PhantomStudies> WriteAsync(ScratchFolder folder, string spacing)
    {
        (int exitCode, _, string error) = await DicomRnProgram.RunAsync(
            folder.Path, "phantom", "study", "--output", folder["phantom"], "--seed", "11", "--lesions", "1", "--spacing", spacing);
        Assert.True(exitCode == 0, error);
        return new PhantomStudies(Directory.GetFiles(folder["phantom"], "*.dcm", SearchOption.AllDirectories));
    }

    /// <summary>The data sets of a copy, in an order that mixes its series.</summary>
    public async Task<List<DicomDataset>> CopyAsync(int copy)
    {
        List<DicomDataset> datasets = [];
        foreach (string original in _originals)
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(original, FileReadOption.ReadAll)).Dataset;
            Rename(dataset, copy);
            datasets.Add(dataset);
        }

        return datasets;
    }

    private static void Rename(DicomDataset dataset, int copy)
    {
        foreach (DicomItem item in dataset.ToArray())
        {
            if (item is DicomSequence sequence)
            {
                foreach (DicomDataset below in sequence.Items)
                    Rename(below, copy);
            }
            else if (item is DicomUniqueIdentifier uid && uid.Count == 1 && !uid.Get<string>(0).StartsWith(StandardRoot, StringComparison.Ordinal))
            {
                dataset.AddOrUpdate(item.Tag, string.Create(CultureInfo.InvariantCulture, $"{uid.Get<string>(0)}.{copy}"));
            }
        }
    }
}
