using DicomRn.Dicom.IO;
using DicomRn.Dicom.IO.Writer;

namespace DicomRn.Dicom;

/// <summary>A DICOM file: file meta information and a data set (PS3.10).</summary>
public partial class DicomFile
{
    /// <summary>A file with an empty data set.</summary>
    public DicomFile()
        : this(new DicomFileMetaInformation(), new DicomDataset())
    {
    }

    /// <summary>A file of a data set, in the transfer syntax that the data set is in.</summary>
    public DicomFile(DicomDataset dataset)
        : this(new DicomFileMetaInformation(dataset), dataset) => Format = DicomFileFormat.DICOM3;

    private DicomFile(DicomFileMetaInformation meta, DicomDataset dataset)
    {
        FileMetaInfo = meta;
        Dataset = dataset;
    }

    /// <summary>The file it was opened from or saved to; null otherwise.</summary>
    public IFileReference? File { get; protected set; }

    /// <summary>What the file turned out to be.</summary>
    public DicomFileFormat Format { get; internal set; }

    /// <summary>File meta information.</summary>
    public DicomFileMetaInformation FileMetaInfo { get; protected set; }

    /// <summary>The data set.</summary>
    public DicomDataset Dataset { get; protected set; }

    /// <summary>Whether reading was ended by a stop criterion before the end of the file.</summary>
    public bool IsPartial { get; internal set; }

    /// <summary>Writes the file.</summary>
    /// <exception cref="DicomFileException">It cannot be written; the message names the file.</exception>
    /// <exception cref="DicomDataException">The data set cannot be encoded in its transfer syntax.</exception>
    public void Save(string fileName, DicomWriteOptions? options = null)
    {
        PrepareToReplace(fileName);
        try
        {
            using FileStream stream = Create(fileName, FileOptions.None);
            Save(stream, options);
            File = new FileReference(fileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomFileException(this, $"{fileName}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes the file to a stream.</summary>
    /// <exception cref="DicomDataException">The data set cannot be encoded in its transfer syntax.</exception>
    public void Save(Stream stream, DicomWriteOptions? options = null)
    {
        stream.Write(Head());
        if (Dataset.Count == 0 && !FileMetaInfo.TransferSyntax.IsDeflate)
            return;
        DicomDatasetWriter.Write(stream, Dataset, FileMetaInfo.TransferSyntax, options);
    }

    /// <inheritdoc cref="Save(string, DicomWriteOptions?)" />
    public async Task SaveAsync(string fileName, DicomWriteOptions? options = null)
    {
        PrepareToReplace(fileName);
        try
        {
            await using FileStream stream = Create(fileName, FileOptions.Asynchronous);
            await SaveAsync(stream, options);
            File = new FileReference(fileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomFileException(this, $"{fileName}: cannot be written: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Save(Stream, DicomWriteOptions?)" />
    public async Task SaveAsync(Stream stream, DicomWriteOptions? options = null)
    {
        await stream.WriteAsync(Head());
        await DicomDatasetWriter.WriteAsync(stream, Dataset, FileMetaInfo.TransferSyntax, options);
    }

    /// <summary>A copy of file meta information and data set.</summary>
    public DicomFile Clone() => new(new DicomFileMetaInformation((DicomDataset)FileMetaInfo), Dataset.Clone())
    {
        Format = Format,
        File = File,
        IsPartial = IsPartial,
    };

    /// <inheritdoc />
    public override string ToString() => $"DICOM File [{Format}]";

    private static FileStream Create(string fileName, FileOptions options) =>
        new(fileName, FileMode.Create, FileAccess.Write, FileShare.None, 1, options);

    /// <summary>Preamble, prefix and file meta information with its group length.</summary>
    private byte[] Head()
    {
        RequireGroupsOfDatasets();
        DicomFileMetaInformation meta = FileMetaInfo;
        if (!meta.Contains(DicomTag.MediaStorageSOPInstanceUID))
            Complete(meta);
        if (FileHead.TryEncode(meta) is { } usual)
            return usual;
        DicomDataset whole = DicomDatasetWriter.WithGroupLength(meta, DicomTransferSyntax.ExplicitVRLittleEndian);
        byte[] elements = DicomDatasetWriter.ToArray(whole, DicomTransferSyntax.ExplicitVRLittleEndian, DicomDatasetWriter.KeepLengths);
        byte[] head = new byte[132 + elements.Length];
        "DICM"u8.CopyTo(head.AsSpan(128));
        elements.CopyTo(head, 132);
        return head;
    }

    // A file that was read without file meta information, or made piece by piece, gets what its data set tells.
    private void Complete(DicomFileMetaInformation meta)
    {
        foreach (DicomItem item in new DicomFileMetaInformation(Dataset))
        {
            if (!meta.Contains(item.Tag))
                meta.AddOrUpdate(item);
        }
    }

    /// <summary>
    /// Elements of a command set, of file meta information and of group FFFF have no place in a data set (PS3.5 7.1): behind file
    /// meta information they would be read as part of it.
    /// </summary>
    private void RequireGroupsOfDatasets()
    {
        if (Dataset.FirstOrDefault(item => item.Tag.Group is <= 0x0007 and not 0x0004 or 0xFFFF) is { } item)
            throw new DicomDataException($"{item.Tag} has no place in a data set.");
    }

    private void PrepareToReplace(string fileName)
    {
        RequireGroupsOfDatasets();
        if (System.IO.File.Exists(fileName))
            ValuesInFile.Load(Dataset, Path.GetFullPath(fileName));
    }
}
