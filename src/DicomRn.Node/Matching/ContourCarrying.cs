using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Matching;

/// <summary>
/// Finds the way from the frame of reference of contours to that of the T1CE series: a Spatial Registration of the study, rigid
/// before deformable, else the planning series registered here. Contours are carried over by one of both or not at all.
/// </summary>
internal sealed class ContourCarrying(RegistrationSettings settings)
{
    /// <summary>The registration for contours of a frame of reference; refused ones carry their reasons.</summary>
    /// <param name="series">The T1CE series.</param>
    /// <param name="frame">Frame of reference of the contours.</param>
    /// <param name="drawnOn">Series that the contours reference.</param>
    /// <param name="files">The study.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<CarryingOutcome> FindAsync(
        SeriesVolume series, string frame, IReadOnlyCollection<string> drawnOn, StudyFiles files, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        if (settings.UseReceived && Received(series, frame, files, notes) is { } received)
            return Task.FromResult(new CarryingOutcome { Registration = received, Notes = notes });
        if (settings.UseReceived && ReceivedDeformation.Find(series, frame, files, notes) is { } deformed)
            return Task.FromResult(deformed);
        return RegisterAsync(series, frame, drawnOn, files, notes, cancellationToken);
    }

    /// <summary>A region in the frame of reference of the T1CE series.</summary>
    /// <param name="roi">The region in its own.</param>
    /// <param name="frame">Frame of reference of the T1CE series.</param>
    /// <param name="fixedToMoving">From the T1CE series to the region.</param>
    public static ContourRoi Carry(ContourRoi roi, string frame, RigidTransform fixedToMoving) => roi with
    {
        FrameOfReferenceUid = frame,
        ToTurnedMask = null,

        // Not the points are moved but the voxels' centres, the other way: exact, and the planes of the contours stay planes.
        ToMask = grid =>
        {
            RoiMask mask = (roi.ToTurnedMask ?? roi.ToMask)(fixedToMoving.Apply(grid));
            return mask with { Mask = new Volume<byte>(grid, mask.Mask.Voxels) };
        },
    };

    private static MatchedRegistration? Received(SeriesVolume series, string frame, StudyFiles files, List<string> notes)
    {
        PatientIdentity patient = PatientIdentity.Of(series.FirstDataset);
        List<SpatialRegistration> read = [];
        foreach (StudyFile file in files.Registrations)
        {
            if (patient.Contradictions(PatientIdentity.Of(file.Dataset)) is { Count: > 0 } contradictions)
            {
                notes.Add($"Registration {file.SopInstanceUid} was left out: it contradicts the images in {string.Join(" and ", contradictions)}.");
                continue;
            }

            try
            {
                read.Add(SpatialRegistration.Read(file.Dataset));
            }
            catch (InvalidDataException e)
            {
                notes.Add($"{Path.GetFileName(file.Path)} could not be used: {e.Message}");
            }
        }

        foreach (SpatialRegistration r in read)
        {
            notes.AddRange(r.Registrations.Where(i => i.NotRigid.Length > 0).Select(i => $"{i.NotRigid}; it was not used."));
            notes.AddRange(r.Registrations.Where(i => i.DependsOnOrder).Select(_ =>
                $"Registration {r.SopInstanceUid} was not used: it has several matrices whose order matters, which programs write differently."));
        }

        Dictionary<string, string> frames = files.PlanningSeries.SelectMany(s => s).DistinctBy(f => f.SopInstanceUid)
            .ToDictionary(f => f.SopInstanceUid, Frame);
        if (RegistrationPath.Find(read, series.Series.FrameOfReferenceUid, frame, frames.GetValueOrDefault) is not { } path)
            return null;
        return new MatchedRegistration
        {
            ContourFrameOfReferenceUid = frame,
            FixedToMoving = path.Transform.ToMatrix(),
            Received =
            [
                .. path.SopInstanceUids.Select(uid => files.Registrations.First(f => f.SopInstanceUid == uid))
                    .Select(f => new MatchedObject(f.SopClassUid, f.SopInstanceUid, f.SeriesInstanceUid) { StudyInstanceUid = f.StudyInstanceUid }),
            ],
            Text = $"The contours belong to another frame of reference and were carried over by the spatial registration{(path.SopInstanceUids.Count == 1 ? "" : "s")} of the study {string.Join(", ", path.SopInstanceUids)}, whose quality is not known here.",
        };
    }

    private async Task<CarryingOutcome> RegisterAsync(
        SeriesVolume series, string frame, IReadOnlyCollection<string> drawnOn, StudyFiles files, List<string> notes, CancellationToken cancellationToken)
    {
        if (!settings.RegisterHere)
            return CarryingOutcome.None("registration is switched off (Matching:Registration)", notes);
        IGrouping<string, StudyFile>? planning = files.PlanningSeries
            .Where(s => s.Key != series.Series.SeriesInstanceUid && s.All(f => Frame(f) == frame))
            .OrderByDescending(s => drawnOn.Contains(s.Key)).ThenByDescending(s => s.Count()).ThenBy(s => s.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (planning is null)
            return CarryingOutcome.None("neither a spatial registration nor the planning images are in the study", notes);
        PatientIdentity patient = PatientIdentity.Of(series.FirstDataset);
        foreach (StudyFile file in planning)
        {
            if (patient.Contradictions(PatientIdentity.Of(file.Dataset)) is { Count: > 0 } contradictions)
            {
                return new CarryingOutcome
                {
                    Reason = ReasonCodes.Reason(
                        CannotAnswerReason.PatientMismatch, $"The images and the planning images contradict each other in {string.Join(" and ", contradictions)}."),
                    Notes = notes,
                };
            }
        }

        SeriesVolume moving;
        try
        {
            moving = await SeriesVolumeReader.ReadFilesAsync(planning.Select(f => f.Path).Order(StringComparer.Ordinal), cancellationToken);
        }
        catch (Exception e) when (e is SeriesGeometryException or DicomException)
        {
            return CarryingOutcome.None($"the planning series is no usable volume: {e.Message}", notes);
        }

        RegistrationOptions options = new() { Gates = settings.Gates };
        RegistrationResult result = await Task.Run(
            () => RigidRegistration.Register(series.Volume, moving.Volume, options, cancellationToken: cancellationToken), cancellationToken);
        MatchedRegistration registration = new()
        {
            ContourFrameOfReferenceUid = frame,
            FixedToMoving = result.FixedToMoving.ToMatrix(),
            Planning = new PlanningSeries(planning.Key, moving.Modality, [.. planning.Select(f => f.Path).Order(StringComparer.Ordinal)]),
            Quality = result.Quality,
            Refusals = result.Refusals,
            Text = $"The planning series ({moving.Modality}) was registered to the contrast-enhanced T1 series by this program. {RegistrationText.Of(result)}",
        };
        return result.Accepted
            ? new CarryingOutcome { Registration = registration, Notes = notes }
            : new CarryingOutcome
            {
                Registration = registration,
                Reason = ReasonCodes.Reason(
                    CannotAnswerReason.RegistrationRefused,
                    $"The contours belong to another frame of reference, and the registration of their planning series is not good enough to carry them over: {string.Join("; ", result.Refusals)}."),
                Notes = [.. notes, registration.Text],
            };
    }

    private static string Frame(StudyFile file) => file.Dataset.GetSingleValueOrDefault(DicomTag.FrameOfReferenceUID, "");
}
