namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>An instance in Orthanc.</summary>
/// <param name="Id">Orthanc's own identifier.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Modality">Modality of its series.</param>
internal sealed record OrthancInstance(string Id, string SopInstanceUid, string SeriesInstanceUid, string Modality);
