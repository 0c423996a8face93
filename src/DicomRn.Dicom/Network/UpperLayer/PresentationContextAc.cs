namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The answer to a proposed presentation context (PS3.8 9.3.3.2).</summary>
/// <param name="Id">The odd number the requestor gave it.</param>
/// <param name="Result">0 accepted, 1 user rejection, 2 no reason, 3 abstract syntax, 4 transfer syntaxes not supported.</param>
/// <param name="TransferSyntax">The accepted one; without meaning where <paramref name="Result"/> is not 0.</param>
internal sealed record PresentationContextAc(byte Id, byte Result, string TransferSyntax)
{
    public static PresentationContextAc Read(PduFieldReader item)
    {
        byte id = item.ReadByte();
        item.Skip(1);
        byte result = item.ReadByte();
        item.Skip(1);
        string transferSyntax = "";
        while (!item.AtEnd)
        {
            PduFieldReader sub = item.ReadItem(out byte type);
            if (type == ItemType.TransferSyntax && transferSyntax.Length == 0)
                transferSyntax = sub.ReadRestAsText();
        }

        if (result == 0 && transferSyntax.Length == 0)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"presentation context {id} is accepted without a transfer syntax");
        return new PresentationContextAc(id, result, transferSyntax);
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.PresentationContextAc);
        writer.WriteByte(Id);
        writer.WriteByte(0);
        writer.WriteByte(Result);
        writer.WriteByte(0);
        writer.WriteTextItem(ItemType.TransferSyntax, TransferSyntax);
        writer.EndItem(item);
    }
}
