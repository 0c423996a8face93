namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>Every readable file has the elements, VRs, numbers of values and value bytes that pydicom finds.</summary>
public sealed class PydicomAgreementTests
{
    private static readonly KnownDifference[] Known =
    [
        new("malformed/cat03_sequence_nesting/TC0279_stray_seq_delim.dcm", "error", "*",
            "pydicom gives up at a delimiter outside a sequence; it is passed over here"),
        new("malformed/cat06_private_tags/TC0361_stray_seq_delim.dcm", "error", "*",
            "pydicom gives up at a delimiter outside a sequence; it is passed over here"),
        new("malformed/cat07_file_meta/TC039?_meta_glen_*.dcm", "*", "*",
            "pydicom trusts a wrong group length of the file meta information; here the groups of the elements decide"),
        new("pydicom/charset_files/chr*Multi*.dcm", "(0019,10??)", "VR UN → *",
            "implicit VR: pydicom has a dictionary of private elements"),
        new("seg-sr/dcmqi/segmentations/ct-3slice/0?.dcm", "(00??,10??)", "VR UN → *",
            "implicit VR: pydicom has a dictionary of private elements"),
        new("seg-sr/dcmqi/segmentations/ct-3slice/0?.dcm", "(00??,0000)", "VR UL → UN",
            "group lengths are UL in private groups too (PS3.5 7.2)"),
        new("pydicom/test_files/SC_rgb_jpeg.dcm", "(7fe0,0010)", "VR OW → OB",
            "compressed Pixel Data that is UN in the file: encapsulated Pixel Data is OB (PS3.5 A.4)"),
    ];

    [Fact]
    public async Task Every_element_of_every_file_is_what_pydicom_reads()
    {
        string root = CorpusFiles.Root;
        string[] files = CorpusFiles.Readable();
        Dictionary<string, Dictionary<string, ElementSummary>> theirs =
            await PydicomElements.ReadAsync(root, files, TestContext.Current.CancellationToken);
        List<Difference> differences = [];
        foreach (string file in files)
        {
            DicomFile read = DicomFile.Open(Path.Combine(root, file));
            Compare(file, ElementSummary.Of(read.Dataset), theirs[file], differences);
        }

        Difference.AssertKnown(differences, Known);
    }

    private static void Compare(
        string file, Dictionary<string, ElementSummary> ours, Dictionary<string, ElementSummary> theirs, List<Difference> differences)
    {
        foreach (string key in ours.Keys.Union(theirs.Keys))
        {
            ElementSummary? a = ours.GetValueOrDefault(key), b = theirs.GetValueOrDefault(key);
            if (a is null || b is null)
            {
                differences.Add(new Difference(file, key, a is null ? $"only theirs: {b!.Vr}" : $"only ours: {a.Vr}"));
                continue;
            }

            if (a.Vr != b.Vr)
                differences.Add(new Difference(file, key, $"VR {a.Vr} → {b.Vr}"));
            if (a.Vr == b.Vr && a.Vm != b.Vm)
                differences.Add(new Difference(file, key, $"VM {a.Vm} → {b.Vm} {a.Vr}"));
            if (a.Hash != b.Hash)
                differences.Add(new Difference(file, key, $"value {a.Vr}"));
        }
    }
}
