namespace DicomRn.Dicom.Network;

/// <summary>A DIMSE response.</summary>
public abstract class DicomResponse : DicomMessage
{
    private const int LongestErrorComment = 64;

    private static readonly DicomTag[] SuboperationCounts =
    [
        DicomTag.NumberOfRemainingSuboperations, DicomTag.NumberOfCompletedSuboperations,
        DicomTag.NumberOfFailedSuboperations, DicomTag.NumberOfWarningSuboperations,
    ];

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
                Command.GetSingleValueOrDefault(DicomTag.Status, DicomStatus.ProcessingFailure.Code), Type);
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

    private protected int Count(DicomTag tag) => Command.GetSingleValueOrDefault(tag, (ushort)0);

    private protected void SetCount(DicomTag tag, int value) =>
        Command.AddOrUpdate(tag, (ushort)Math.Clamp(value, 0, ushort.MaxValue));

    /// <summary>Gives a last response the counts of sub-operations of the one before it (PS3.7 9.3.3.2, 9.3.4.2).</summary>
    internal void CopyCounts(DicomResponse? before)
    {
        foreach (DicomTag tag in SuboperationCounts)
        {
            if (before?.Command.TryGetSingleValue(tag, out ushort count) == true)
                Command.AddOrUpdate(tag, count);
        }
    }

    /// <summary>Gives the response the SOP instance that its request named in either role.</summary>
    private protected void CopySopInstance(DicomRequest request)
    {
        if (request.Unread is { } unread)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, unread.SopInstance);
            return;
        }

        DicomTag tag = request.Command.Contains(DicomTag.RequestedSOPInstanceUID)
            ? DicomTag.RequestedSOPInstanceUID
            : DicomTag.AffectedSOPInstanceUID;
        if (request.Command.TryGetSingleValue(tag, out DicomUID? uid))
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, uid);
    }
}
