using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Phantoms;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Tests.Pipeline;

namespace DicomRn.Node.Tests.Matching;

/// <summary>A study of two T1 series of one phantom head, one after the other, whose attributes say what they are told to say.</summary>
internal sealed record TwoSeriesStudy
{
    private const int Seed = 4;

    private static readonly PhantomHead Head = Generate();

    public string EarlierName { get; init; } = "t1_mprage";

    public string LaterName { get; init; } = "t1_mprage";

    public string? LaterAgent { get; init; }

    /// <summary>Whether the voxels of the earlier series are those after contrast agent.</summary>
    public bool EarlierEnhanced { get; init; }

    /// <summary>Whether the voxels of the later series are those after contrast agent.</summary>
    public bool LaterEnhanced { get; init; } = true;

    public string BodyPart { get; init; } = "";

    public async Task<StudyInput> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await Series(3, EarlierName, null, EarlierEnhanced, 10).WriteAsync(Path.Combine(folder, "earlier"), cancellationToken);
        await Series(5, LaterName, LaterAgent, LaterEnhanced, 30).WriteAsync(Path.Combine(folder, "later"), cancellationToken);
        return TestStudy.Input(folder);
    }

    private MrSeriesExport Series(int number, string name, string? agent, bool enhanced, int minute) => new()
    {
        Volume = enhanced ? Head.T1ce : Head.UnenhancedT1!,
        Patient = new ExportPatient { Name = "Test^Two", Id = "TEST-2", BirthDate = new DateOnly(1960, 2, 3), Sex = "F" },
        Study = new ExportStudy { StudyInstanceUid = TestStudy.StudyUid, Date = new DateTime(2025, 3, 1, 10, 0, 0), Id = "7" },
        Series = new ExportSeries
        {
            SeriesInstanceUid = $"1.2.826.0.1.3680043.8.498.30{number}",
            Number = number,
            Description = name,
            Date = new DateTime(2025, 3, 1, 10, minute, 0),
            BodyPart = BodyPart,
            PatientPosition = "HFS",
        },
        Equipment = new ExportEquipment { Manufacturer = "Test scanner", ModelName = "One", DeviceSerialNumber = "1", SoftwareVersions = "1" },
        Acquisition = new MrAcquisition { ContrastAgent = agent },
        FrameOfReferenceUid = TestStudy.FrameUid,
        SopInstanceUids = [.. Enumerable.Range(1, Head.T1ce.Geometry.Slices).Select(n => $"1.2.826.0.1.3680043.8.498.30{number}.{n}")],
    };

    private static PhantomHead Generate()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(90, 108, 90, 2, PatientPoint.Origin);
        grid = grid with { Origin = grid.Origin + (PhantomHead.HeadCentre(Seed) - grid.Center) };
        return PhantomHead.Generate(new PhantomOptions { Seed = Seed, LesionCount = 2, Grid = grid, WithUnenhancedT1 = true });
    }
}
