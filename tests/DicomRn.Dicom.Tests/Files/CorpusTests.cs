using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Files;

public sealed class CorpusTests
{
    /// <summary>Files that are refused, and why.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["no_meta.dcm"] = "a stray byte before the data set; pydicom reads it only when forced",
        ["MR_truncated.dcm"] = "ends inside Pixel Data; the exception carries the rest",
        ["rtplan_truncated.dcm"] = "ends inside a sequence; the exception carries the rest",
        ["DICOMDIR-nooffset"] = "ends inside an item; the exception carries the rest",
        ["emri_small_jpeg_2k_lossless_too_short.dcm"] = "ends inside the fragments; the exception carries the rest",
    };

    [Theory]
    [InlineData("pydicom")]
    [InlineData("transfer-syntaxes")]
    [InlineData("seg-sr")]
    [InlineData("rtstruct-phantoms")]
    [InlineData("vendor-mr")]
    public void Every_file_of_the_corpus_is_read(string folder)
    {
        string root = TestData.Require(folder);
        List<string> failures = [];
        int read = 0;
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(path) is not ("" or ".dcm") || Path.GetFileName(path) is "LICENSE" or "README" or "COPYING" || Refused.ContainsKey(Path.GetFileName(path)))
                continue;
            try
            {
                DicomFile file = DicomFile.Open(path, FileReadOption.ReadAll);
                foreach (DicomItem item in file.Dataset)
                    _ = (item as DicomElement)?.Count;
                read++;
            }
            catch (DicomException e)
            {
                failures.Add(e.Message);
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.NotEqual(0, read);
    }
}
