namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>An instance that arrived at a PACS.</summary>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="StudyInstanceUid">Study Instance UID.</param>
/// <param name="Modality">Its modality.</param>
/// <param name="Digest">SHA-256 of all of it.</param>
internal sealed record PacsArrival(string SopInstanceUid, string StudyInstanceUid, string Modality, string Digest);
