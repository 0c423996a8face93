using DicomRn.Fuzzing.Mutations;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;

namespace DicomRn.Fuzzing.Targets;

/// <summary>A Segmentation, from the file to the masks of its segments.</summary>
internal sealed class SegmentationTarget() : FuzzTarget("seg")
{
    public override MemoryBound Memory => new(2000, 256 << 20);

    public override IReadOnlyList<IMutation> Mutations { get; } =
        [.. DicomTokens.Mutations, TokenMutation.OfText("1e308", "-1", "0\\0\\1e9 ", "BINARY", "FRACTIONAL", "LABELMAP", "1\\0\\0\\0\\1\\0 ")];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        foreach (string type in new[] { "BINARY", "FRACTIONAL", "LABELMAP" })
            yield return SampleDatasets.File(SampleDatasets.Segmentation(DicomTransferSyntax.ExplicitVRLittleEndian, type));
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        SegmentationObject segmentation = SegmentationObject.Read(DicomFile.Open(new MemoryStream(input, writable: false)).Dataset);
        foreach (SegmentDescription segment in segmentation.Segments.Take(4))
            segmentation.MaskOnOwnGrid(segment.Number);
        return ValueTask.CompletedTask;
    }

    public override bool IsRefusal(Exception exception) => exception is DicomException or InvalidDataException or SeriesGeometryException;
}
