using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Tests.Pipeline;

namespace DicomRn.Node.Tests.Tracking;

/// <summary>An examination of one phantom head with two lesions and their contours, in a frame of reference of its own.</summary>
/// <param name="Date">Study Date.</param>
/// <param name="StudyUid">Study Instance UID, of which the others are made.</param>
/// <param name="Moved">Whether the head lies otherwise: turned and shifted as in <see cref="PlanningStudy.FixedToMoving"/>.</param>
/// <param name="BirthDate">Patient's Birth Date.</param>
internal sealed record MovedExamination(string Date, string StudyUid, bool Moved, string BirthDate)
{
    private static readonly ExportEquipment Scanner = new() { Manufacturer = "Test scanner", ModelName = "One", DeviceSerialNumber = "1", SoftwareVersions = "1" };

    public async Task<StudyInput> WriteAsync(string folder, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        VolumeGeometry grid = PlanningStudy.Grid, inHead = grid;
        if (Moved)
        {
            grid = grid with { Origin = grid.Origin + (PlanningStudy.FixedToMoving.Apply(PlanningStudy.Center) - PlanningStudy.Center) };
            inHead = PlanningStudy.FixedToMoving.Inverse.Apply(grid);
        }

        PhantomHead head = PhantomHead.Generate(new PhantomOptions { Seed = 4, LesionCount = 2, Grid = inHead }, cancellationToken);
        DateTime day = DateTime.ParseExact(Date, "yyyyMMdd", null);
        ExportPatient patient = new() { Name = "Test^One", Id = "TEST-1", BirthDate = DateOnly.ParseExact(BirthDate, "yyyyMMdd"), Sex = "F" };
        ExportStudy study = new() { StudyInstanceUid = StudyUid, Date = day, Id = "7", AccessionNumber = "A7" };
        ImageSeries images = await new MrSeriesExport
        {
            Volume = new Volume<float>(grid, head.T1ce.Voxels),
            Patient = patient,
            Study = study,
            Series = Series(day, "1", 5, "t1_mprage_KM") with { BodyPart = "BRAIN", PatientPosition = "HFS" },
            Equipment = Scanner,
            Acquisition = new MrAcquisition { ContrastAgent = "Gadobutrol" },
            FrameOfReferenceUid = StudyUid + ".2",
            SopInstanceUids = [.. Enumerable.Range(1, grid.Slices).Select(n => $"{StudyUid}.1.{n}")],
        }.WriteAsync(Path.Combine(folder, "mr"), cancellationToken);
        await new RtStructExport
        {
            Images = images,
            Patient = patient,
            Study = study,
            Series = Series(day, "3", 6, "Contours"),
            Equipment = Scanner,
            SopInstanceUid = StudyUid + ".3.1",
            Rois = [.. names.Select((name, n) => new RtExportRoi { Name = $"GTV {name}", Mask = new Volume<byte>(grid, head.Lesions[n].Mask.Voxels), InterpretedType = "GTV" })],
        }.WriteAsync(Path.Combine(folder, "rtstruct.dcm"), cancellationToken);
        return TestStudy.Input(folder, studyUid: StudyUid);
    }

    private ExportSeries Series(DateTime day, string suffix, int number, string description) => new()
    {
        SeriesInstanceUid = $"{StudyUid}.{suffix}",
        Number = number,
        Description = description,
        Date = day,
    };
}
