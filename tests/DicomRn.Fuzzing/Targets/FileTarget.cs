using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>A DICOM file of any transfer syntax: opened, dumped, turned into JSON, its first frame decoded, written and opened again.</summary>
internal sealed class FileTarget() : FuzzTarget("file")
{
    public override MemoryBound Memory => new(2000, 64 << 20);

    public override IReadOnlyList<IMutation> Mutations => DicomTokens.Mutations;

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        yield return SampleDatasets.File(SampleDatasets.Everything(DicomTransferSyntax.ExplicitVRLittleEndian));
        yield return SampleDatasets.File(SampleDatasets.Everything(DicomTransferSyntax.ImplicitVRLittleEndian));
        yield return SampleDatasets.File(SampleDatasets.Everything(DicomTransferSyntax.DeflatedExplicitVRLittleEndian));
        yield return SampleDatasets.File(SampleDatasets.StructureSet(DicomTransferSyntax.ExplicitVRLittleEndian));
        yield return SampleDatasets.File(SampleDatasets.Segmentation(DicomTransferSyntax.ExplicitVRLittleEndian, "BINARY"));
        foreach (byte[] file in files)
            yield return file;
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        DicomFile file = DicomFile.Open(new MemoryStream(input, writable: false));
        ReadDataset.Use(file.Dataset);
        return ValueTask.CompletedTask;
    }
}
