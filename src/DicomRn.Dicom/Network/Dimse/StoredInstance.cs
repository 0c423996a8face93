using DicomRn.Dicom.IO.Reader;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>An instance in a file, of which only the file meta information was read (PS3.10 7.1).</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="SopClassUid">Media Storage SOP Class UID.</param>
/// <param name="SopInstanceUid">Media Storage SOP Instance UID.</param>
/// <param name="TransferSyntax">Transfer syntax of the data set.</param>
/// <param name="DatasetOffset">Where in the file the data set begins; null where the file has no usable meta information.</param>
internal sealed record StoredInstance(
    string Path, DicomUID SopClassUid, DicomUID SopInstanceUid, DicomTransferSyntax TransferSyntax, long? DatasetOffset)
{
    private const int PreambleAndPrefix = 132;

    /// <exception cref="DicomFileException">The file cannot be read or is no DICOM file.</exception>
    public static StoredInstance Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            DicomInput input = new(stream, path, path, DicomReadLimits.Default);
            ReadOnlySpan<byte> head = input.Peek(PreambleAndPrefix);
            if (head.Length == PreambleAndPrefix && head[128..].SequenceEqual("DICM"u8))
            {
                input.Advance(PreambleAndPrefix);
                DicomFileMetaInformation meta = new();
                new DicomDatasetReader(input, new DicomReadSettings()).ReadMeta(meta);
                if (meta.MediaStorageSOPClassUID is { } sopClass && meta.MediaStorageSOPInstanceUID is { } sopInstance
                    && meta.Contains(DicomTag.TransferSyntaxUID))
                {
                    return new StoredInstance(path, sopClass, sopInstance, meta.TransferSyntax, input.Position);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomFileException($"{path}: cannot be read: {e.Message}", e);
        }

        DicomFile file = DicomFile.Open(path, FileReadOption.ReadLargeOnDemand);
        DicomUID? classUid = file.Dataset.GetSingleValueOrDefault<DicomUID>(DicomTag.SOPClassUID, null);
        DicomUID? instanceUid = file.Dataset.GetSingleValueOrDefault<DicomUID>(DicomTag.SOPInstanceUID, null);
        return classUid is not null && instanceUid is not null
            ? new StoredInstance(path, classUid, instanceUid, file.Dataset.InternalTransferSyntax, null)
            : throw new DicomFileException($"{path}: cannot be sent: it has no SOP Class UID or no SOP Instance UID.");
    }
}
