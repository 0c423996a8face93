namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-ASSOCIATE-AC: the acceptor accepts the association (PS3.8 9.3.3).</summary>
internal sealed record AAssociateAc
{
    /// <summary>The titles of the request, sent back as they came and not tested on receipt.</summary>
    public required string CalledAe { get; init; }

    public required string CallingAe { get; init; }

    public IReadOnlyList<PresentationContextAc> PresentationContexts { get; init; } = [];

    public UserInformation User { get; init; } = new();

    /// <param name="body">The PDU without its header.</param>
    /// <exception cref="PduException">A field is missing or points outside the PDU.</exception>
    public static AAssociateAc Read(ReadOnlySpan<byte> body)
    {
        PduFieldReader reader = new(body);
        reader.Skip(4);
        string called = reader.ReadAeTitle();
        string calling = reader.ReadAeTitle();
        reader.Skip(32);
        List<PresentationContextAc> contexts = [];
        UserInformation user = new();
        while (!reader.AtEnd)
        {
            PduFieldReader item = reader.ReadItem(out byte type);
            if (type == ItemType.PresentationContextAc)
                contexts.Add(PresentationContextAc.Read(item));
            else if (type == ItemType.UserInformation)
                user = UserInformation.Read(item);
        }

        return new AAssociateAc { CalledAe = called, CallingAe = calling, PresentationContexts = contexts, User = user };
    }

    public void Write(PduWriter writer)
    {
        writer.WriteUInt16(1);
        writer.WriteZeros(2);
        writer.WriteAeTitle(CalledAe);
        writer.WriteAeTitle(CallingAe);
        writer.WriteZeros(32);
        writer.WriteTextItem(ItemType.ApplicationContext, AAssociateRq.DicomApplicationContext);
        foreach (PresentationContextAc context in PresentationContexts)
            context.Write(writer);
        User.Write(writer);
    }
}
