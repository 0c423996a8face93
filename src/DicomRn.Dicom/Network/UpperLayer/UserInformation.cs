namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// The user information item of A-ASSOCIATE-RQ and -AC (PS3.8 9.3.2.3, PS3.7 D.3.3). Sub-items that are not needed here,
/// user identity among them, are skipped: an acceptor that does not support one leaves it out of its answer.
/// </summary>
internal sealed record UserInformation
{
    /// <summary>The longest P-DATA-TF body the sender of this item wants to receive, in bytes; 0 for no limit.</summary>
    public uint MaximumLength { get; init; }

    public string ImplementationClassUid { get; init; } = "";

    public string? ImplementationVersionName { get; init; }

    public AsynchronousOperationsWindow? AsynchronousOperations { get; init; }

    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    public static UserInformation Read(PduFieldReader item)
    {
        UserInformation information = new();
        List<RoleSelection> roles = [];
        while (!item.AtEnd)
        {
            PduFieldReader sub = item.ReadItem(out byte type);
            switch (type)
            {
                case ItemType.MaximumLength:
                    information = information with { MaximumLength = sub.ReadUInt32() };
                    break;
                case ItemType.ImplementationClassUid:
                    information = information with { ImplementationClassUid = sub.ReadRestAsText() };
                    break;
                case ItemType.ImplementationVersionName:
                    information = information with { ImplementationVersionName = sub.ReadRestAsText() };
                    break;
                case ItemType.AsynchronousOperationsWindow:
                    information = information with { AsynchronousOperations = AsynchronousOperationsWindow.Read(sub) };
                    break;
                case ItemType.ScpScuRoleSelection:
                    roles.Add(RoleSelection.Read(sub));
                    break;
            }
        }

        return information with { Roles = roles };
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.UserInformation);
        int length = writer.BeginItem(ItemType.MaximumLength);
        writer.WriteUInt32(MaximumLength);
        writer.EndItem(length);
        writer.WriteTextItem(ItemType.ImplementationClassUid, ImplementationClassUid);
        AsynchronousOperations?.Write(writer);
        foreach (RoleSelection role in Roles)
            role.Write(writer);
        if (ImplementationVersionName is not null)
            writer.WriteTextItem(ItemType.ImplementationVersionName, ImplementationVersionName);
        writer.EndItem(item);
    }
}
