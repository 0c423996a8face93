using DicomRn.Dicom.IO.Reader;
using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>A bare data set in one transfer syntax, as the network brings it.</summary>
internal sealed class DatasetTarget(string name, DicomTransferSyntax syntax) : FuzzTarget(name)
{
    private const int BodyAfterGroupLength = 144;
    private const long LargestInflated = 1 << 20;

    public override MemoryBound Memory => new(2000, 64 << 20);

    public override IReadOnlyList<IMutation> Mutations => DicomTokens.Mutations;

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        // Big endian is only read.
        if (syntax.Endian == Dicom.IO.Endian.Little)
        {
            yield return Bare(SampleDatasets.Everything(syntax));
            yield return Bare(SampleDatasets.StructureSet(syntax));
            yield return Bare(SampleDatasets.Segmentation(syntax, "FRACTIONAL"));
        }

        foreach (byte[] file in files)
        {
            if (file.Length > BodyAfterGroupLength && Meta(file) == syntax)
                yield return file[(BodyAfterGroupLength + BitConverter.ToInt32(file, BodyAfterGroupLength - 4))..];
        }
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        DicomDataset dataset = new();
        DicomReadLimits limits = new() { MaximumInflatedSize = LargestInflated };
        using MemoryStream stream = new(input, writable: false);
        DicomInput source = new(stream, null, "input", limits);
        new DicomDatasetReader(source, new DicomReadSettings { Option = FileReadOption.ReadAll, Limits = limits }).ReadInto(dataset, syntax);
        ReadDataset.Use(dataset);
        return ValueTask.CompletedTask;
    }

    /// <summary>The transfer syntax of a file that begins with its meta information's group length; null for other files.</summary>
    private static DicomTransferSyntax? Meta(byte[] file)
    {
        try
        {
            return BitConverter.ToUInt32(file, 132) == 0x00000002
                ? DicomFile.Open(new MemoryStream(file, writable: false)).FileMetaInfo.TransferSyntax
                : null;
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private byte[] Bare(DicomDataset dataset)
    {
        using MemoryStream stream = new();
        Dicom.IO.Writer.DicomDatasetWriter.Write(stream, dataset, syntax, null);
        return stream.ToArray();
    }
}
