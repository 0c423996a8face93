namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A fragment of a command set or a data set (PS3.8 9.3.5.1, message control header of Annex E.2).</summary>
/// <param name="ContextId">The presentation context it belongs to.</param>
/// <param name="IsCommand">Command set (true) or data set.</param>
/// <param name="IsLast">Whether it is the last fragment.</param>
/// <param name="Fragment">The bytes; valid until the next PDU is read.</param>
internal readonly record struct PresentationDataValue(byte ContextId, bool IsCommand, bool IsLast, ReadOnlyMemory<byte> Fragment);
