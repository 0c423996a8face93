namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-ASSOCIATE-RQ: the requestor proposes an association (PS3.8 9.3.2).</summary>
internal sealed record AAssociateRq
{
    /// <summary>The only application context there is (PS3.7 A.2.1).</summary>
    public const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>Bit 0 set means version 1, the only one; other bits are not tested (PS3.8 9.3.2).</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    public required string CalledAe { get; init; }

    public required string CallingAe { get; init; }

    public string ApplicationContext { get; init; } = DicomApplicationContext;

    public IReadOnlyList<PresentationContextRq> PresentationContexts { get; init; } = [];

    public UserInformation User { get; init; } = new();

    /// <param name="body">The PDU without its header.</param>
    /// <param name="maximumContexts">More presentation contexts than this are refused.</param>
    /// <exception cref="PduException">A field is missing, contradicts itself or points outside the PDU.</exception>
    public static AAssociateRq Read(ReadOnlySpan<byte> body, int maximumContexts)
    {
        PduFieldReader reader = new(body);
        ushort version = reader.ReadUInt16();
        reader.Skip(2);
        string called = reader.ReadAeTitle();
        string calling = reader.ReadAeTitle();
        reader.Skip(32);
        string applicationContext = "";
        List<PresentationContextRq> contexts = [];
        HashSet<byte> ids = [];
        UserInformation user = new();
        while (!reader.AtEnd)
        {
            PduFieldReader item = reader.ReadItem(out byte type);
            switch (type)
            {
                case ItemType.ApplicationContext:
                    applicationContext = item.ReadRestAsText();
                    break;
                case ItemType.PresentationContextRq:
                    PresentationContextRq context = PresentationContextRq.Read(item);
                    if (!ids.Add(context.Id) || context.Id % 2 == 0)
                        throw new PduException(DicomAbortReason.InvalidPDUParameter,
                            $"presentation context ID {context.Id} is even or proposed twice");
                    contexts.Add(context);
                    if (contexts.Count > maximumContexts)
                        throw new PduException(DicomAbortReason.InvalidPDUParameter,
                            $"more than {maximumContexts} presentation contexts");
                    break;
                case ItemType.UserInformation:
                    user = UserInformation.Read(item);
                    break;
            }
        }

        return new AAssociateRq
        {
            ProtocolVersion = version,
            CalledAe = called,
            CallingAe = calling,
            ApplicationContext = applicationContext,
            PresentationContexts = contexts,
            User = user,
        };
    }

    public void Write(PduWriter writer)
    {
        writer.WriteUInt16(ProtocolVersion);
        writer.WriteZeros(2);
        writer.WriteAeTitle(CalledAe);
        writer.WriteAeTitle(CallingAe);
        writer.WriteZeros(32);
        writer.WriteTextItem(ItemType.ApplicationContext, ApplicationContext);
        foreach (PresentationContextRq context in PresentationContexts)
            context.Write(writer);
        User.Write(writer);
    }
}
