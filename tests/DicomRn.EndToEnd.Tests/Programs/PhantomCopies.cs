using System.Globalization;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Copies of one phantom study as files: as many studies as a test needs, at no cost.</summary>
internal static class PhantomCopies
{
    /// <summary>Writes a phantom study of coarse voxels and copies of it, and returns the files of each copy in an order that mixes its series.</summary>
    public static async Task<IReadOnlyList<string[]>> WriteAsync(ScratchFolder folder, int count)
    {
        PhantomStudies phantom = await PhantomStudies.WriteAsync(folder, "2,2,4");
        List<string[]> studies = [];
        for (int copy = 1; copy <= count; copy++)
        {
            string target = folder["studies", copy.ToString(CultureInfo.InvariantCulture)];
            Directory.CreateDirectory(target);
            List<string> files = [];
            foreach (DicomDataset dataset in await phantom.CopyAsync(copy))
            {
                string path = Path.Combine(target, $"{files.Count}.dcm");
                await new DicomFile(dataset).SaveAsync(path);
                files.Add(path);
            }

            studies.Add([.. files]);
        }

        return studies;
    }
}
