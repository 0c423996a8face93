namespace DicomRn.Dicom.Network;

/// <summary>A DIMSE response.</summary>
public abstract class DicomResponse : DicomMessage
{
    private const int LongestErrorComment = 64;

    /// <summary>A received response.</summary>
    protected DicomResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    protected DicomResponse(DicomRequest request, DicomStatus status)
    {
        ArgumentNullException.ThrowIfNull(request);
        PresentationContext = request.PresentationContext;
        Type = request.Type | (DicomCommandField)0x8000;
        SOPClassUID = request.SOPClassUID;
        RequestMessageID = request.MessageID;
        Dataset = null;
        Status = status;
    }

    /// <summary>Message ID Being Responded To (0000,0120).</summary>
    public ushort RequestMessageID
    {
        get => Command.GetSingleValueOrDefault(DicomTag.MessageIDBeingRespondedTo, (ushort)0);
        protected set => Command.AddOrUpdate(DicomTag.MessageIDBeingRespondedTo, value);
    }

    /// <summary>Status (0000,0900), with Error Comment (0000,0902) where there is one.</summary>
    public DicomStatus Status
    {
        get
        {
            DicomStatus status = DicomStatus.Lookup(
                Command.GetSingleValueOrDefault(DicomTag.Status, DicomStatus.ProcessingFailure.Code));
            string comment = Command.GetSingleValueOrDefault(DicomTag.ErrorComment, "");
            return comment.Length == 0 ? status : new DicomStatus(status, comment);
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Command.AddOrUpdate(DicomTag.Status, value.Code);
            if (value.ErrorComment is { Length: > 0 } comment)
                Command.AddOrUpdate(DicomTag.ErrorComment, comment[..Math.Min(comment.Length, LongestErrorComment)]);
            else
                Command.Remove(DicomTag.ErrorComment);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{NameOf(Type)} [{RequestMessageID}]: {Status}";
}
