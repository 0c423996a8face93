using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>Every DICOM file of the shared test data.</summary>
internal static class CorpusFiles
{
    /// <summary>Files that are refused, and why; the exception carries what came before the fault.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["malformed/cat02_vr_mismatch/TC0233_rows_US_as_UL.dcm"] = "ends after the prefix",
        ["malformed/cat02_vr_mismatch/TC0235_bitsallocated_US_as_SS.dcm"] = "ends after the prefix",
        ["malformed/cat02_vr_mismatch/TC0247_bitsstored_US_as_UL.dcm"] = "ends after the prefix",
        ["malformed/cat02_vr_mismatch/TC0255_implicit_rows_4bytes.dcm"] = "ends after the prefix",
        ["malformed/cat07_file_meta/TC0403_meta_tag_in_dataset.dcm"] = "ends after the prefix",
        ["malformed/cat03_sequence_nesting/TC0265_depth_100.dcm"] = "100 sequences in one another: more than the limit of 64",
        ["malformed/cat03_sequence_nesting/TC0267_depth_500_raw.dcm"] = "ends after the prefix",
        ["malformed/cat03_sequence_nesting/TC0277_missing_delim.dcm"] = "the item never ends: the pixels after it would be elements",
        ["malformed/cat05_transfer_syntax/TC0345_deflate_corrupt.dcm"] = "a damaged zlib stream that nothing announces",
        ["malformed/cat05_transfer_syntax/TC0347_deflate_truncated.dcm"] = "half a zlib stream that nothing announces",
        ["malformed/cat06_private_tags/TC0357_stray_item_tag.dcm"] = "an item outside a sequence",
        ["malformed/cat06_private_tags/TC0363_tag_order_violation.dcm"] = "bytes after Pixel Data that are no element",
        ["malformed/cat07_file_meta/TC0381_preamble_127.dcm"] = "the prefix is one byte too early",
        ["malformed/cat07_file_meta/TC0383_no_dicm.dcm"] = "a preamble without prefix",
        ["malformed/cat07_file_meta/TC0385_dicm_offset0.dcm"] = "the prefix at the beginning and the preamble's zeros after it",
        ["malformed/cat07_file_meta/TC0387_dicm_offset64.dcm"] = "the prefix is 64 bytes too early",
        ["malformed/cat07_file_meta/TC0389_dicm_offset256.dcm"] = "the prefix is 128 bytes too late",
        ["malformed/cat08_string_encoding/TC0405_latin1_utf8_payload.dcm"] = "bytes after Pixel Data that are no element",
        ["pydicom/test_files/MR_truncated.dcm"] = "ends inside Pixel Data",
        ["pydicom/test_files/dicomdirtests/DICOMDIR-nooffset"] = "ends inside an item",
        ["pydicom/test_files/dicomdirtests/TINY_ALPHA/README"] = "a text file",
        ["pydicom/test_files/no_meta.dcm"] = "a stray byte before the data set",
        ["pydicom/test_files/rtplan_truncated.dcm"] = "ends inside a sequence",
        ["transfer-syntaxes/pydicom-data/emri_small_jpeg_2k_lossless_too_short.dcm"] = "ends inside the fragments",
    };

    /// <summary>The folder of the data, or a skipped test.</summary>
    public static string Root => TestData.Require();

    /// <summary>All DICOM files, as paths below the root with slashes, in order.</summary>
    public static string[] All()
    {
        string root = Root;
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(static f => Path.GetExtension(f) is "" or ".dcm" or ".deprecated" && Path.GetFileName(f) is not ("LICENSE" or "COPYING"))
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The readable files; of each folder that holds a series, whose files are alike, only the first where wanted.</summary>
    public static string[] Readable(bool oneOfSeries = false)
    {
        string[] readable = [.. All().Where(static f => !Refused.ContainsKey(f))];
        return oneOfSeries ? [.. readable.GroupBy(static f => IsOfSeries(f) ? Path.GetDirectoryName(f) : f).Select(static g => g.First())] : readable;
    }

    private static bool IsOfSeries(string file) => Array.Exists(
        ["mr-rtstruct-sts/", "vendor-mr/", "geometry-to-reject/", "pydicom/test_files/dicomdirtests/9", "rtstruct-phantoms/"],
        folder => file.StartsWith(folder, StringComparison.Ordinal));
}
