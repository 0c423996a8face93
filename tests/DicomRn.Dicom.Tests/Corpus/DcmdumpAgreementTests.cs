using DicomRn.Dicom.Log;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>The dump of every readable file shows the elements, VRs, lengths, numbers of values and short texts that dcmdump shows.</summary>
public sealed class DcmdumpAgreementTests
{
    private static readonly KnownDifference[] Known =
    [
        new("pydicom/test_files/dicomdirtests/*", "*(0004,1???)", "VR UL → up",
            "dcmdump's own name for the UL of offsets in a DICOMDIR"),
        new("*", "*", "VR UN → ??",
            "implicit VR: dcmdump's mark for a private element that it does not know"),
        new("pydicom/test_files/*", "*", "VR * → UN",
            "written as UN: read by the dictionary here (PS3.5 6.2.2)"),
        new("pydicom/test_files/rtdose_rle*.dcm", "(300c,0002)[1]/*", "only ours: *",
            "a sequence written as UN: read by the dictionary here (PS3.5 6.2.2)"),
        new("pydicom/test_files/SC_rgb_jpeg.dcm", "*", "only ours: *",
            "dcmdump gives up where the explicit VRs of this file begin, after the implicit ones"),
        new("*", "(7fe0,0010)", "VR OW → OB",
            "compressed Pixel Data that is OW in the file: dcmdump shows what it ought to be"),
        new("malformed/cat??_*/TC0???_stray_seq_delim.dcm", "*", "only ours: *",
            "dcmdump stops at a delimiter outside a sequence; it is passed over here"),
        new("malformed/cat08_string_encoding/TC0423_null_*", "(0010,0020)", "VM 0 → 1 LO",
            "only NULs, which are padding here"),
        new("pydicom/test_files/reportsi_with_empty_number_tags.dcm", "(0064,0009)", "VM 0 → 1 OF",
            "an empty element has no value"),
    ];

    [Fact]
    public async Task The_dump_of_every_file_is_what_dcmdump_shows()
    {
        string dcmdump = ExternalTool.Require("dcmdump", "dcmtk");
        string root = CorpusFiles.Root;
        string[] files = CorpusFiles.Readable();
        (_, string output, _) = await ExternalTool.RunAsync(
            dcmdump, ["+F", "+L", "+Qo", "-Un", .. files.Select(f => Path.Combine(root, f))], TestContext.Current.CancellationToken);
        Dictionary<string, List<string>> theirs = Sections(output, root);
        List<Difference> differences = [];
        foreach (string file in files)
        {
            string ours = DicomFile.Open(Path.Combine(root, file)).Dataset.WriteToString();
            Compare(file, DumpLine.Read(ours.Split('\n')), DumpLine.Read(theirs.GetValueOrDefault(file, [])), differences);
        }

        Difference.AssertKnown(differences, Known);
    }

    private static Dictionary<string, List<string>> Sections(string output, string root)
    {
        Dictionary<string, List<string>> sections = new(StringComparer.Ordinal);
        List<string> lines = [];
        foreach (string line in output.Split('\n'))
        {
            if (line.StartsWith("# dcmdump (", StringComparison.Ordinal))
                sections[Path.GetRelativePath(root, line[(line.IndexOf("): ", StringComparison.Ordinal) + 3)..]).Replace('\\', '/')] = lines = [];
            else
                lines.Add(line);
        }

        return sections;
    }

    private static void Compare(string file, Dictionary<string, DumpLine> ours, Dictionary<string, DumpLine> theirs, List<Difference> differences)
    {
        foreach (string key in ours.Keys.Union(theirs.Keys))
        {
            DumpLine? a = ours.GetValueOrDefault(key), b = theirs.GetValueOrDefault(key);
            if (a is null || b is null)
            {
                differences.Add(new Difference(file, key, a is null ? $"only theirs: {b!.Vr}" : $"only ours: {a.Vr}"));
                continue;
            }

            if (a.Vr != b.Vr)
                differences.Add(new Difference(file, key, $"VR {a.Vr} → {b.Vr}"));
            else if (b.Value.StartsWith("(PixelSequence", StringComparison.Ordinal))
                CompareFragments(file, key, a, b, differences);
            else if (a.Length != b.Length)
                differences.Add(new Difference(file, key, $"length {a.Length} → {b.Length} {a.Vr}"));
            else if (a.Vr != "SQ" && a.Vm != b.Vm)
                differences.Add(new Difference(file, key, $"VM {a.Vm} → {b.Vm} {a.Vr}"));
            else if (Text(a) is { } x && Text(b) is { } y && !Same(x, y))
                differences.Add(new Difference(file, key, $"text {a.Vr}"));
        }
    }

    // "(2 fragments)" are "(PixelSequence #=3)": the basic offset table is one of the items.
    private static void CompareFragments(string file, string key, DumpLine a, DumpLine b, List<Difference> differences)
    {
        int fragments = int.Parse(a.Value.Split(' ')[0].TrimStart('('), null);
        if (b.Value != $"(PixelSequence #={fragments + 1})")
            differences.Add(new Difference(file, key, "fragments"));
    }

    private static bool Same(string ours, string theirs) =>
        ours.EndsWith('…') ? theirs.StartsWith(ours[..^1], StringComparison.Ordinal) : ours == theirs;

    // Texts of printable ASCII, and whole numbers.
    private static string? Text(DumpLine line)
    {
        if (line.Length == 0)
            return null;
        if (line.Vr is "US" or "SS" or "UL" or "SL")
            return line.Value;
        if (line.Value is not ['[', ..] || line.Value.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var at && line.Value[at] != '…' || Octal(line.Value))
            return null;
        int end = line.Value.LastIndexOf(']');
        return line.Value.EndsWith('…') ? line.Value[1..] : end > 0 ? line.Value[1..end].TrimEnd() : null;
    }

    private static bool Octal(string value)
    {
        for (int i = value.IndexOf('\\'); i >= 0 && i + 3 < value.Length; i = value.IndexOf('\\', i + 1))
        {
            if (char.IsAsciiDigit(value[i + 1]) && char.IsAsciiDigit(value[i + 2]) && char.IsAsciiDigit(value[i + 3]))
                return true;
        }

        return false;
    }
}
