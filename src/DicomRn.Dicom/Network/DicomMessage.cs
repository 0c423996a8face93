using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>A DIMSE message: a command set and perhaps a data set (PS3.7 6.3).</summary>
public class DicomMessage
{
    /// <summary>Command Data Set Type (0000,0800) of a message without a data set (PS3.7 E.1).</summary>
    internal const ushort NoDataset = 0x0101;

    private const ushort WithDataset = 0x0001;

    private readonly StoreCommand? _received;
    private DicomDataset? _command;
    private DicomDataset? _dataset;

    /// <summary>A message with an empty command set.</summary>
    public DicomMessage()
        : this(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian) { AutoValidate = false })
    {
    }

    /// <summary>A message from its command set.</summary>
    public DicomMessage(DicomDataset command)
    {
        _command = command;
    }

    internal DicomMessage(StoreCommand received)
    {
        _received = received;
    }

    /// <summary>Command Field (0000,0100).</summary>
    public DicomCommandField Type
    {
        get => Unread is null ? (DicomCommandField)Command.GetSingleValueOrDefault(DicomTag.CommandField, (ushort)0) : DicomCommandField.CStoreRequest;
        protected set => Command.AddOrUpdate(DicomTag.CommandField, (ushort)value);
    }

    /// <summary>Affected or Requested SOP Class UID (0000,0002), (0000,0003).</summary>
    public DicomUID SOPClassUID
    {
        get => Unread?.SopClass ?? Command.GetSingleValueOrDefault<DicomUID>(SopClassTag, new DicomUID("", "None", DicomUidType.Unknown));
        protected set => Command.AddOrUpdate(SopClassTag, value);
    }

    /// <summary>Message ID (0000,0110) of a request.</summary>
    public virtual ushort MessageID
    {
        get => Unread?.MessageId ?? Command.GetSingleValueOrDefault(DicomTag.MessageID, (ushort)0);
        protected set => Command.AddOrUpdate(DicomTag.MessageID, value);
    }

    /// <summary>Whether the message has a data set.</summary>
    public bool HasDataset => Unread is not null || Command.GetSingleValueOrDefault(DicomTag.CommandDataSetType, NoDataset) != NoDataset;

    /// <summary>The presentation context the message goes or came over; null for one that matches the SOP class.</summary>
    public DicomPresentationContext? PresentationContext { get; set; }

    /// <summary>The command set.</summary>
    public DicomDataset Command
    {
        get => _command ??= _received!.ToDataset();
        protected set => _command = value;
    }

    /// <summary>The data set.</summary>
    public virtual DicomDataset? Dataset
    {
        get => _dataset;
        set
        {
            _dataset = value;
            Command.AddOrUpdate(DicomTag.CommandDataSetType, value is null ? NoDataset : WithDataset);
        }
    }

    /// <summary>Whatever the caller wants to find again on the message.</summary>
    public object? UserState { get; set; }

    /// <summary>The command set as it was received; null where there is a data set of it, which may say something else.</summary>
    internal StoreCommand? Unread => _command is null ? _received : null;

    private DicomTag SopClassTag => Type is DicomCommandField.NGetRequest or DicomCommandField.NSetRequest
        or DicomCommandField.NActionRequest or DicomCommandField.NDeleteRequest
        ? DicomTag.RequestedSOPClassUID
        : DicomTag.AffectedSOPClassUID;

    /// <summary>Whether a command field is a request's.</summary>
    public static bool IsRequest(DicomCommandField type) => ((ushort)type & 0x8000) == 0;

    /// <summary>The name of the message as PS3.7 writes it, for instance <c>C-STORE-RQ</c>, and its ID.</summary>
    public override string ToString() => $"{NameOf(Type)} [{MessageID}]";

    internal static string NameOf(DicomCommandField type) => type switch
    {
        DicomCommandField.CCancelRequest => "C-CANCEL-RQ",
        _ when OperationOf(type) is { } operation => operation + (IsRequest(type) ? "-RQ" : "-RSP"),
        _ => $"command 0x{(ushort)type:X4}",
    };

    private static string? OperationOf(DicomCommandField type) => (DicomCommandField)((ushort)type & 0x7FFF) switch
    {
        DicomCommandField.CStoreRequest => "C-STORE",
        DicomCommandField.CGetRequest => "C-GET",
        DicomCommandField.CFindRequest => "C-FIND",
        DicomCommandField.CMoveRequest => "C-MOVE",
        DicomCommandField.CEchoRequest => "C-ECHO",
        DicomCommandField.NEventReportRequest => "N-EVENT-REPORT",
        DicomCommandField.NGetRequest => "N-GET",
        DicomCommandField.NSetRequest => "N-SET",
        DicomCommandField.NActionRequest => "N-ACTION",
        DicomCommandField.NCreateRequest => "N-CREATE",
        DicomCommandField.NDeleteRequest => "N-DELETE",
        _ => null,
    };

    /// <summary>Sets the data set of a received message, whose command set already says that it has one.</summary>
    internal void SetReceivedDataset(DicomDataset? dataset) => _dataset = dataset;

    /// <summary>Declares a data set that is not in memory but will be streamed.</summary>
    private protected void DeclareDataset() => Command.AddOrUpdate(DicomTag.CommandDataSetType, WithDataset);
}
