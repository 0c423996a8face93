namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// The user information item of A-ASSOCIATE-RQ and -AC (PS3.8 9.3.2.3, PS3.7 D.3.3). Sub-items that are not known are skipped.
/// </summary>
internal sealed record UserInformation
{
    /// <summary>The longest P-DATA-TF body the sender of this item wants to receive, in bytes; 0 for no limit.</summary>
    public uint MaximumLength { get; init; }

    public string ImplementationClassUid { get; init; } = "";

    public string? ImplementationVersionName { get; init; }

    public AsynchronousOperationsWindow? AsynchronousOperations { get; init; }

    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    public IReadOnlyList<SopClassExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>Of a request only.</summary>
    public IReadOnlyList<SopClassCommonExtendedNegotiation> CommonExtendedNegotiations { get; init; } = [];

    /// <summary>Of a request only.</summary>
    public UserIdentity? Identity { get; init; }

    /// <summary>The server response of an answer (PS3.7 D.3.3.7.2); null where there is none.</summary>
    public byte[]? IdentityResponse { get; init; }

    public static UserInformation Read(PduFieldReader item)
    {
        UserInformation information = new();
        List<RoleSelection> roles = [];
        List<SopClassExtendedNegotiation> extended = [];
        List<SopClassCommonExtendedNegotiation> common = [];
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
                case ItemType.SopClassExtendedNegotiation:
                    extended.Add(SopClassExtendedNegotiation.Read(sub));
                    break;
                case ItemType.SopClassCommonExtendedNegotiation:
                    common.Add(SopClassCommonExtendedNegotiation.Read(sub));
                    break;
                case ItemType.UserIdentityRq:
                    information = information with { Identity = UserIdentity.Read(sub) };
                    break;
                case ItemType.UserIdentityAc:
                    information = information with { IdentityResponse = sub.ReadBytes(sub.ReadUInt16()).ToArray() };
                    break;
            }
        }

        return information with { Roles = roles, ExtendedNegotiations = extended, CommonExtendedNegotiations = common };
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
        foreach (SopClassExtendedNegotiation negotiation in ExtendedNegotiations)
            negotiation.Write(writer);
        foreach (SopClassCommonExtendedNegotiation negotiation in CommonExtendedNegotiations)
            negotiation.Write(writer);
        Identity?.Write(writer);
        if (IdentityResponse is not null)
        {
            int response = writer.BeginItem(ItemType.UserIdentityAc);
            writer.WriteCountedBytes(IdentityResponse);
            writer.EndItem(response);
        }

        writer.EndItem(item);
    }
}
