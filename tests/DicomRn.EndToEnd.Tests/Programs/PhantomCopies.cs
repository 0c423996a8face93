using System.Globalization;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Copies of one phantom study under UIDs of their own: as many studies as a test needs, at no cost.</summary>
internal static class PhantomCopies
{
    private const string StandardRoot = "1.2.840.10008.";

    /// <summary>Writes a phantom study of coarse voxels and copies of it, and returns the files of each copy in an order that mixes its series.</summary>
    public static async Task<IReadOnlyList<string[]>> WriteAsync(ScratchFolder folder, int count)
    {
        (int exitCode, _, string error) = await DicomRnProgram.RunAsync(
            folder.Path, "phantom", "study", "--output", folder["phantom"], "--seed", "11", "--lesions", "1", "--spacing", "2,2,4");
        Assert.True(exitCode == 0, error);
        string[] originals = Directory.GetFiles(folder["phantom"], "*.dcm", SearchOption.AllDirectories);
        List<string[]> studies = [];
        for (int copy = 1; copy <= count; copy++)
        {
            string target = folder["studies", copy.ToString(CultureInfo.InvariantCulture)];
            Directory.CreateDirectory(target);
            List<string> files = [];
            foreach (string original in originals)
            {
                DicomFile file = await DicomFile.OpenAsync(original, FileReadOption.ReadAll);
                Rename(file.Dataset, copy);
                string path = Path.Combine(target, $"{files.Count}.dcm");
                await new DicomFile(file.Dataset).SaveAsync(path);
                files.Add(path);
            }

            studies.Add([.. files]);
        }

        return studies;
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
