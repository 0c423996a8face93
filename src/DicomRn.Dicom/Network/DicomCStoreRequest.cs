using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>C-STORE-RQ (PS3.7 9.3.1.1): hands an instance over.</summary>
public sealed class DicomCStoreRequest : DicomPriorityRequest
{
    private DicomFile? _file;

    /// <summary>A received request.</summary>
    public DicomCStoreRequest(DicomDataset command)
        : base(command)
    {
    }

    internal DicomCStoreRequest(StoreCommand received)
        : base(received)
    {
    }

    /// <summary>A request to send a file that is in memory or was opened by the caller.</summary>
    public DicomCStoreRequest(DicomFile file, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CStoreRequest, SopClassOf(file), priority)
    {
        _file = file;
        SOPInstanceUID = file.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPInstanceUID);
        TransferSyntax = file.FileMetaInfo.Contains(DicomTag.TransferSyntaxUID)
            ? file.FileMetaInfo.TransferSyntax
            : file.Dataset.InternalTransferSyntax;
        Dataset = file.Dataset;
    }

    /// <summary>
    /// A request to send the file at a path. Only its meta information is read now; the data set is read while it is sent, so
    /// that any number of requests can be queued.
    /// </summary>
    /// <exception cref="DicomFileException">The file cannot be read or is no DICOM file; the message names it.</exception>
    public DicomCStoreRequest(string fileName, DicomPriority priority = DicomPriority.Medium)
        : this(StoredInstance.Read(fileName), priority)
    {
    }

    private DicomCStoreRequest(StoredInstance instance, DicomPriority priority)
        : base(DicomCommandField.CStoreRequest, instance.SopClassUid, priority)
    {
        Instance = instance;
        SOPInstanceUID = instance.SopInstanceUid;
        TransferSyntax = instance.TransferSyntax;
        DeclareDataset();
    }

    /// <summary>Takes the response to a C-STORE.</summary>
    public delegate void ResponseDelegate(DicomCStoreRequest request, DicomCStoreResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>The instance. Of a request made from a path it is opened, large values left in the file, when it is asked for.</summary>
    public DicomFile? File
    {
        get => _file ??= Instance is null ? null : DicomFile.Open(Instance.Path, FileReadOption.ReadLargeOnDemand);
        internal set => _file = value;
    }

    /// <inheritdoc/>
    public override DicomDataset? Dataset
    {
        get => base.Dataset ?? (Instance is null ? null : File?.Dataset);
        set => base.Dataset = value;
    }

    /// <summary>Affected SOP Instance UID (0000,1000).</summary>
    public DicomUID SOPInstanceUID
    {
        get => Unread?.SopInstance ?? Command.GetSingleValue<DicomUID>(DicomTag.AffectedSOPInstanceUID);
        private set => Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, value);
    }

    /// <summary>The transfer syntax of the instance; null where it is not known.</summary>
    public DicomTransferSyntax? TransferSyntax { get; internal set; }

    /// <summary>Transfer syntaxes to propose beside the instance's own.</summary>
    public DicomTransferSyntax[]? AdditionalTransferSyntaxes { get; set; }

    /// <summary>Does not propose implicit VR little endian where the instance has another syntax (PS3.5 10.1).</summary>
    public bool OmitImplicitVrTransferSyntaxInAssociationRequest { get; set; }

    /// <summary>The service class to name for the SOP class (PS3.7 D.3.3.6); null to name none.</summary>
    public DicomUID? CommonServiceClassUid { get; set; }

    /// <summary>More general SOP classes to name for the SOP class, where its service class is named.</summary>
    public List<DicomUID>? RelatedGeneralSopClasses { get; set; }

    /// <summary>The file on disk that is streamed as it is, null where the request was made from a file in memory.</summary>
    internal StoredInstance? Instance { get; }

    /// <summary>The file the received data set was written to; deleted once the request is answered.</summary>
    internal string? TemporaryFile { get; set; }

    /// <summary>Whether the caller looked at the data set, and so may have changed it.</summary>
    internal bool IsOpened => _file is not null;

    internal void DeleteTemporaryFile()
    {
        if (TemporaryFile is { } path)
            System.IO.File.Delete(path);
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomCStoreResponse)response);

    private static DicomUID SopClassOf(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPClassUID);
    }
}
