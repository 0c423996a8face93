using DicomRn.Node.Reporting;

namespace DicomRn.Node.Receiving;

/// <summary>What the node must know of an instance to file it.</summary>
internal sealed record InstanceIdentity
{
    private const int LongestUid = 64;

    public required string SopClassUid { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string StudyInstanceUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    /// <summary>Patient ID, without its padding; never to be logged.</summary>
    public required string PatientId { get; init; }

    /// <summary>Issuer of Patient ID, without its padding.</summary>
    public required string IssuerOfPatientId { get; init; }

    /// <summary>See <see cref="State.StudyRecord.PatientKey"/>.</summary>
    public byte[]? PatientKey => State.PatientKey.Of(PatientId, IssuerOfPatientId);

    /// <summary>Whether its equipment is this program.</summary>
    public required bool IsOurWork { get; init; }

    /// <summary>Reads it from a Part-10 file. Everything is parsed, pixel data is passed over.</summary>
    /// <exception cref="DicomException">It is not a data set.</exception>
    public static InstanceIdentity Read(Stream file) =>
        Of(DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset);

    /// <summary>Takes it from a data set; what is missing is empty.</summary>
    public static InstanceIdentity Of(DicomDataset dataset) => new()
    {
        SopClassUid = Text(dataset, DicomTag.SOPClassUID),
        SopInstanceUid = Text(dataset, DicomTag.SOPInstanceUID),
        StudyInstanceUid = Text(dataset, DicomTag.StudyInstanceUID),
        SeriesInstanceUid = Text(dataset, DicomTag.SeriesInstanceUID),
        PatientId = Text(dataset, DicomTag.PatientID),
        IssuerOfPatientId = Text(dataset, DicomTag.IssuerOfPatientID),
        IsOurWork = ProcessingDevice.Made(dataset),
    };

    /// <summary>Whether all UIDs may stand in a path: digits and dots only, digits first, no longer than 64 (PS3.5 9.1).</summary>
    public bool HasUsableUids =>
        IsUsable(SopInstanceUid) && IsUsable(StudyInstanceUid) && IsUsable(SeriesInstanceUid);

    internal static bool IsUsable(string uid) =>
        uid.Length is > 0 and <= LongestUid && char.IsAsciiDigit(uid[0]) && uid.All(c => char.IsAsciiDigit(c) || c == '.');

    private static string Text(DicomDataset dataset, DicomTag tag) =>
        dataset.GetSingleValueOrDefault(tag, "").Trim(' ', '\0');
}
