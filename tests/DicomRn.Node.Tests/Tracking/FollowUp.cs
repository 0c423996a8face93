using System.Globalization;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Tests.Pipeline;

namespace DicomRn.Node.Tests.Tracking;

/// <summary>A later examination of the patient of a test study: the same under other UIDs and another date.</summary>
internal static class FollowUp
{
    private const string StandardRoot = "1.2.840.10008.";

    /// <summary>Rewrites a study's files in place.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="number">Goes to the end of every UID.</param>
    /// <param name="date">Its Study Date.</param>
    /// <param name="sameFrame">Whether the frame of reference stays.</param>
    public static async Task<StudyInput> MakeAsync(string folder, int number, string date, bool sameFrame)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.dcm", SearchOption.AllDirectories))
        {
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
            Rename(file.Dataset, number, sameFrame);
            file.Dataset.AddOrUpdate(DicomTag.StudyDate, date);
            await new DicomFile(file.Dataset).SaveAsync(path);
        }

        return TestStudy.Input(folder, studyUid: Renamed(TestStudy.StudyUid, number, false));
    }

    private static void Rename(DicomDataset dataset, int number, bool sameFrame)
    {
        foreach (DicomItem item in dataset.ToArray())
        {
            if (item is DicomSequence sequence)
            {
                foreach (DicomDataset below in sequence.Items)
                    Rename(below, number, sameFrame);
            }
            else if (item is DicomUniqueIdentifier uid && uid.Count == 1)
            {
                dataset.AddOrUpdate(item.Tag, Renamed(uid.Get<string>(0), number, sameFrame));
            }
        }
    }

    private static string Renamed(string uid, int number, bool sameFrame) =>
        uid.StartsWith(StandardRoot, StringComparison.Ordinal) || (sameFrame && uid == TestStudy.FrameUid)
            ? uid
            : string.Create(CultureInfo.InvariantCulture, $"{uid}.{number}");
}
