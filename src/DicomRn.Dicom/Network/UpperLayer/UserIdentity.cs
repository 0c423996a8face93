using System.Text;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The user identity sub-item of A-ASSOCIATE-RQ (PS3.7 D.3.3.7.1). No record: its fields must not find their way into a log.</summary>
internal sealed class UserIdentity
{
    private UserIdentity(byte type, bool responseRequested, byte[] primary, byte[] secondary)
    {
        Type = type;
        ResponseRequested = responseRequested;
        Primary = primary;
        Secondary = secondary;
    }

    public byte Type { get; }

    public bool ResponseRequested { get; }

    private byte[] Primary { get; }

    private byte[] Secondary { get; }

    public static UserIdentity From(DicomUserIdentityNegotiation negotiation)
    {
        negotiation.Validate();
        return new UserIdentity(
            (byte)negotiation.UserIdentityType!.Value,
            negotiation.PositiveResponseRequested,
            Encode(negotiation.UserIdentityType, negotiation.PrimaryField),
            Encode(negotiation.UserIdentityType, negotiation.SecondaryField));
    }

    public static UserIdentity Read(PduFieldReader item)
    {
        byte type = item.ReadByte();
        bool responseRequested = item.ReadByte() == 1;
        byte[] primary = item.ReadBytes(item.ReadUInt16()).ToArray();
        byte[] secondary = item.AtEnd ? [] : item.ReadBytes(item.ReadUInt16()).ToArray();
        return new UserIdentity(type, responseRequested, primary, secondary);
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.UserIdentityRq);
        writer.WriteByte(Type);
        writer.WriteByte(ResponseRequested ? (byte)1 : (byte)0);
        writer.WriteCountedBytes(Primary);
        writer.WriteCountedBytes(Secondary);
        writer.EndItem(item);
    }

    public DicomUserIdentityNegotiation ToNegotiation() => new()
    {
        UserIdentityType = (DicomUserIdentityType)Type,
        PositiveResponseRequested = ResponseRequested,
        PrimaryField = Decode((DicomUserIdentityType)Type, Primary),
        SecondaryField = Decode((DicomUserIdentityType)Type, Secondary),
    };

    /// <summary>A field's bytes: UTF-8, but those of a Kerberos ticket are no text.</summary>
    public static byte[] Encode(DicomUserIdentityType? type, string? field) => EncodingOf(type).GetBytes(field ?? "");

    public static string Decode(DicomUserIdentityType? type, byte[] field) => EncodingOf(type).GetString(field);

    public override string ToString() => $"user identity of type {Type}";

    private static Encoding EncodingOf(DicomUserIdentityType? type) =>
        type == DicomUserIdentityType.Kerberos ? Encoding.Latin1 : Encoding.UTF8;
}
