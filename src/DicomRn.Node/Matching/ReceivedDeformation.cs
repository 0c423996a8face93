using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;

namespace DicomRn.Node.Matching;

/// <summary>Deformable Spatial Registrations of the study that lead from the T1CE series to contours.</summary>
internal static class ReceivedDeformation
{
    /// <summary>The newest one between both frames of reference, in either direction; null where there is none.</summary>
    /// <param name="series">The T1CE series.</param>
    /// <param name="frame">Frame of reference of the contours.</param>
    /// <param name="files">The study.</param>
    /// <param name="notes">Is told what was left out, and why.</param>
    public static CarryingOutcome? Find(SeriesVolume series, string frame, StudyFiles files, List<string> notes)
    {
        PatientIdentity patient = PatientIdentity.Of(series.FirstDataset);
        string here = series.Series.FrameOfReferenceUid;
        IEnumerable<StudyFile> newestFirst = files.DeformableRegistrations
            .OrderByDescending(f => f.Dataset.GetSingleValueOrDefault(DicomTag.ContentDate, "") + f.Dataset.GetSingleValueOrDefault(DicomTag.ContentTime, ""), StringComparer.Ordinal)
            .ThenBy(f => f.SopInstanceUid, StringComparer.Ordinal);
        foreach (StudyFile file in newestFirst)
        {
            if (patient.Contradictions(PatientIdentity.Of(file.Dataset)) is { Count: > 0 } contradictions)
            {
                notes.Add($"Registration {file.SopInstanceUid} was left out: it contradicts the images in {string.Join(" and ", contradictions)}.");
                continue;
            }

            try
            {
                foreach (DeformableSpatialRegistration r in DeformableSpatialRegistration.Read(file.Dataset))
                {
                    bool toSource = r.RegisteredFrameOfReferenceUid == here && r.SourceFrameOfReferenceUid == frame;
                    bool toRegistered = r.SourceFrameOfReferenceUid == here && r.RegisteredFrameOfReferenceUid == frame;
                    if (toSource || toRegistered)
                        return Outcome(file, r, toSource, frame, notes);
                }
            }
            catch (InvalidDataException e)
            {
                notes.Add($"{Path.GetFileName(file.Path)} could not be used: {e.Message}");
            }
        }

        return null;
    }

    private static CarryingOutcome Outcome(StudyFile file, DeformableSpatialRegistration r, bool toSource, string frame, List<string> notes) => new()
    {
        Deformation = new DeformedCarrying(r, toSource),
        Registration = new MatchedRegistration
        {
            ContourFrameOfReferenceUid = frame,
            FixedToMoving = (toSource ? r.RigidPart : r.RigidPart.Inverse).ToMatrix(),
            Received = [new MatchedObject(file.SopClassUid, file.SopInstanceUid, file.SeriesInstanceUid)],
            Text = $"The contours belong to another frame of reference and were carried over by the deformable registration of the study {file.SopInstanceUid}, whose quality is not known here.",
        },
        Notes = notes,
    };
}
