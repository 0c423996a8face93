using DicomRn.Fuzzing.Mutations;
using DicomRn.Imaging.Contours;

namespace DicomRn.Fuzzing.Targets;

/// <summary>An RT Structure Set, from the file to its contours.</summary>
internal sealed class StructureSetTarget() : FuzzTarget("rtstruct")
{
    public override MemoryBound Memory => new(2000, 64 << 20);

    public override IReadOnlyList<IMutation> Mutations { get; } =
        [.. DicomTokens.Mutations, TokenMutation.OfText("\\0\\0\\0", "1e308", "-1e308", "NaN", "\\", "CLOSED_PLANAR ", "POINT ")];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        yield return SampleDatasets.File(SampleDatasets.StructureSet(DicomTransferSyntax.ExplicitVRLittleEndian));
        yield return SampleDatasets.File(SampleDatasets.StructureSet(DicomTransferSyntax.ImplicitVRLittleEndian));
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        RtStructureSet.Read(DicomFile.Open(new MemoryStream(input, writable: false)).Dataset);
        return ValueTask.CompletedTask;
    }

    public override bool IsRefusal(Exception exception) => exception is DicomException or InvalidDataException;
}
