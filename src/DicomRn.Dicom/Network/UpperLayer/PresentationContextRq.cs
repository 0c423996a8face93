namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A proposed presentation context (PS3.8 9.3.2.2).</summary>
internal sealed record PresentationContextRq(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes)
{
    public static PresentationContextRq Read(PduFieldReader item)
    {
        byte id = item.ReadByte();
        item.Skip(3);
        string? abstractSyntax = null;
        List<string> transferSyntaxes = [];
        while (!item.AtEnd)
        {
            PduFieldReader sub = item.ReadItem(out byte type);
            if (type == ItemType.AbstractSyntax)
                abstractSyntax = sub.ReadRestAsText();
            else if (type == ItemType.TransferSyntax)
                transferSyntaxes.Add(sub.ReadRestAsText());
        }

        if (abstractSyntax is null || transferSyntaxes.Count == 0)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"presentation context {id} has no abstract syntax or no transfer syntax");
        return new PresentationContextRq(id, abstractSyntax, transferSyntaxes);
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.PresentationContextRq);
        writer.WriteByte(Id);
        writer.WriteZeros(3);
        writer.WriteTextItem(ItemType.AbstractSyntax, AbstractSyntax);
        foreach (string syntax in TransferSyntaxes)
            writer.WriteTextItem(ItemType.TransferSyntax, syntax);
        writer.EndItem(item);
    }
}
