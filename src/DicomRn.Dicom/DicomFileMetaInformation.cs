namespace DicomRn.Dicom;

/// <summary>The elements of group 0002 at the head of a file (PS3.10 7.1).</summary>
public class DicomFileMetaInformation : DicomDataset
{
    /// <summary>Empty file meta information.</summary>
    public DicomFileMetaInformation() => ValidateItems = false;

    /// <summary>File meta information that fits a data set: its SOP class, SOP instance and transfer syntax.</summary>
    public DicomFileMetaInformation(DicomDataset dataset)
        : this()
    {
        if (dataset is DicomFileMetaInformation)
        {
            foreach (DicomItem item in dataset)
                AddOrUpdate(item);
            return;
        }

        AddOrUpdate(new DicomOtherByte(DicomTag.FileMetaInformationVersion, 0, 1));
        if (dataset.TryGetString(DicomTag.SOPClassUID, out string? sopClass))
            MediaStorageSOPClassUID = DicomUID.Parse(sopClass, "Unknown", DicomUidType.SOPClass);
        if (dataset.TryGetString(DicomTag.SOPInstanceUID, out string? sopInstance))
            MediaStorageSOPInstanceUID = DicomUID.Parse(sopInstance, "SOP Instance UID", DicomUidType.SOPInstance);
        TransferSyntax = dataset.InternalTransferSyntax;
        ImplementationClassUID = DicomImplementation.ClassUID;
        ImplementationVersionName = DicomImplementation.Version;
    }

    /// <summary>File Meta Information Version: 00 01.</summary>
    public byte[] Version
    {
        get => TryGetValues(DicomTag.FileMetaInformationVersion, out byte[]? version) ? version : [];
        set => AddOrUpdate(DicomTag.FileMetaInformationVersion, value);
    }

    /// <summary>SOP class of the data set; null where it is missing.</summary>
    public DicomUID? MediaStorageSOPClassUID
    {
        get => Uid(DicomTag.MediaStorageSOPClassUID);
        set => SetUid(DicomTag.MediaStorageSOPClassUID, value);
    }

    /// <summary>SOP instance of the data set; null where it is missing.</summary>
    public DicomUID? MediaStorageSOPInstanceUID
    {
        get => Uid(DicomTag.MediaStorageSOPInstanceUID);
        set => SetUid(DicomTag.MediaStorageSOPInstanceUID, value);
    }

    /// <summary>Transfer syntax of the data set; Implicit VR Little Endian where none is named.</summary>
    public DicomTransferSyntax TransferSyntax
    {
        get => Uid(DicomTag.TransferSyntaxUID) is { } uid ? DicomTransferSyntax.Parse(uid.UID) : DicomTransferSyntax.ImplicitVRLittleEndian;
        set => SetUid(DicomTag.TransferSyntaxUID, value?.UID);
    }

    /// <summary>Which implementation wrote the file; null where it is missing.</summary>
    public DicomUID? ImplementationClassUID
    {
        get => Uid(DicomTag.ImplementationClassUID);
        set => SetUid(DicomTag.ImplementationClassUID, value);
    }

    /// <summary>Version of the implementation that wrote the file.</summary>
    public string? ImplementationVersionName
    {
        get => Text(DicomTag.ImplementationVersionName);
        set => SetText(DicomTag.ImplementationVersionName, value);
    }

    /// <summary>AE title of who wrote the file.</summary>
    public string? SourceApplicationEntityTitle
    {
        get => Text(DicomTag.SourceApplicationEntityTitle);
        set => SetText(DicomTag.SourceApplicationEntityTitle, value);
    }

    /// <summary>AE title of who sent the data set.</summary>
    public string? SendingApplicationEntityTitle
    {
        get => Text(DicomTag.SendingApplicationEntityTitle);
        set => SetText(DicomTag.SendingApplicationEntityTitle, value);
    }

    /// <summary>AE title of who received the data set.</summary>
    public string? ReceivingApplicationEntityTitle
    {
        get => Text(DicomTag.ReceivingApplicationEntityTitle);
        set => SetText(DicomTag.ReceivingApplicationEntityTitle, value);
    }

    /// <inheritdoc />
    public override string ToString() => "DICOM File Meta Info";

    private DicomUID? Uid(DicomTag tag) =>
        TryGetString(tag, out string? uid) && uid.Length > 0 ? DicomUID.Parse(uid) : null;

    private string? Text(DicomTag tag) => TryGetString(tag, out string? text) ? text : null;

    private void SetUid(DicomTag tag, DicomUID? uid)
    {
        if (uid is null)
            Remove(tag);
        else
            AddOrUpdate(tag, uid);
    }

    private void SetText(DicomTag tag, string? text)
    {
        if (text is null)
            Remove(tag);
        else
            AddOrUpdate(tag, text);
    }
}
