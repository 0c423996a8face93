namespace DicomRn.Dicom.IO.Buffer;

/// <summary>A value that the DICOM JSON model only refers to by a URI (PS3.18 F.2.6).</summary>
public interface IBulkDataUriByteBuffer : IByteBuffer
{
    /// <summary>Where the value is to be had.</summary>
    string BulkDataUri { get; }
}
