namespace DicomRn.Dicom.Network.Dimse;

/// <summary>The message of a received command set.</summary>
internal static class MessageFactory
{
    public static DicomMessage Create(DicomDataset command)
    {
        DicomCommandField field = (DicomCommandField)command.GetSingleValue<ushort>(DicomTag.CommandField);
        return field switch
        {
            DicomCommandField.CStoreRequest => new DicomCStoreRequest(command),
            DicomCommandField.CStoreResponse => new DicomCStoreResponse(command),
            DicomCommandField.CEchoRequest => new DicomCEchoRequest(command),
            DicomCommandField.CEchoResponse => new DicomCEchoResponse(command),
            _ => DicomMessage.IsRequest(field) ? new UnsupportedRequest(command) : new UnsupportedResponse(command),
        };
    }
}
