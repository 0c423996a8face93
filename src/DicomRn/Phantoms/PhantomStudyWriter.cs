using System.Globalization;
using DicomRn.Imaging;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Phantoms;

/// <summary>Writes a phantom patient's follow-up as the DICOM study that a scanner and a planning system would have sent.</summary>
internal sealed class PhantomStudyWriter(PhantomStudyOptions options)
{
    private const string Synthetic = "Synthetic phantom, not a patient. Made by DicomRn for tests and demonstrations.";

    private static readonly DateTime FirstDate = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Unspecified);

    private static readonly RgbColor[] Colors = [new(255, 64, 64), new(64, 200, 255), new(255, 200, 0), new(120, 255, 120), new(255, 120, 255)];

    private DateTime Date => FirstDate.AddDays(options.Seed % 200);

    /// <summary>Generates the phantom and writes its series, contours and truth.</summary>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="progress">The share of the work that is done.</param>
    /// <param name="cancellationToken">Leaves what has been written.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<PhantomStudy> WriteAsync(string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        PhantomHead head = await Task.Run(() => PhantomHead.Generate(options.ToPhantomOptions(), cancellationToken), cancellationToken);
        progress.Report(0.5);
        MrSeriesExport enhanced = Series(head, head.T1ce, "T1CE", 3, "t1 mprage sag iso post Gd", "Gadolinium (synthetic)");
        ImageSeries images = await enhanced.WriteAsync(Path.Combine(folder, "T1CE"), cancellationToken);
        progress.Report(0.8);
        if (head.UnenhancedT1 is { } unenhanced)
            await Series(head, unenhanced, "T1", 2, "t1 mprage sag iso pre", null).WriteAsync(Path.Combine(folder, "T1"), cancellationToken);
        progress.Report(0.9);

        if (options.Contours is PhantomContours.RtStruct or PhantomContours.Both)
            await StructureSet(head, images).WriteAsync(Path.Combine(folder, "RTSTRUCT.dcm"), cancellationToken);
        if (options.Contours is PhantomContours.Seg or PhantomContours.Both)
            await Segmentation(head, images, enhanced).WriteAsync(Path.Combine(folder, "SEG.dcm"), cancellationToken);
        PhantomTruth truth = Truth(head, images);
        await truth.WriteAsync(Path.Combine(folder, "truth.json"), cancellationToken);
        progress.Report(1);
        return new PhantomStudy(folder, truth, [.. Directory.EnumerateFiles(folder, "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]);
    }

    private static ExportEquipment Scanner => new()
    {
        Manufacturer = "DicomRn",
        ModelName = "Phantom scanner",
        DeviceSerialNumber = "PHANTOM",
        SoftwareVersions = "1",
        InstitutionName = "Phantom hospital",
    };

    private static ExportPatient Patient(PhantomHead head, int seed) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"PHANTOM^SEED {seed}"),
        Id = PatientId(seed),
        BirthDate = new DateOnly(FirstDate.Year - head.Clinical.AgeYears - 1, 7, 1),
        Sex = head.Clinical.Sex,
        IsPhantom = true,
    };

    private static string PatientId(int seed) => string.Create(CultureInfo.InvariantCulture, $"PHANTOM-{seed}");

    private string Uid(string purpose) => DerivedUid.Of("DicomRn phantom", options.Identity, purpose);

    private ExportStudy Study => new()
    {
        StudyInstanceUid = Uid("study"),
        Date = Date,
        Id = "PHANTOM",
        AccessionNumber = string.Create(CultureInfo.InvariantCulture, $"PH{options.Seed}"),
        Description = "PHANTOM brain follow-up after radiosurgery",
    };

    private ExportSeries SeriesOf(string key, int number, string description) => new()
    {
        SeriesInstanceUid = Uid("series " + key),
        Number = number,
        Description = description,
        Date = Date.AddMinutes(number),
        BodyPart = "BRAIN",
    };

    private MrSeriesExport Series(PhantomHead head, Volume<float> volume, string key, int number, string description, string? agent) => new()
    {
        Volume = volume,
        Patient = Patient(head, options.Seed),
        Study = Study,
        Series = SeriesOf(key, number, description) with { ProtocolName = description, PatientPosition = "HFS" },
        Equipment = Scanner,
        Acquisition = new MrAcquisition
        {
            ScanningSequence = ["GR", "IR"],
            SequenceVariant = ["SP", "MP"],
            RepetitionTime = TimeSpan.FromMilliseconds(2200),
            EchoTime = TimeSpan.FromMilliseconds(2.7),
            InversionTime = TimeSpan.FromMilliseconds(900),
            FlipAngle = 8,
            FieldStrength = options.Centre == PhantomCentre.First ? 3 : 1.5,
            ContrastAgent = agent,
        },
        FrameOfReferenceUid = Uid("frame of reference"),
        SopInstanceUids = [.. Enumerable.Range(1, volume.Geometry.Slices).Select(k => Uid(FormattableString.Invariant($"{key} {k}")))],
        Window = DisplayWindow.FromQuantiles(volume),
        Comments = Synthetic,
    };

    private RtStructExport StructureSet(PhantomHead head, ImageSeries images) => new()
    {
        Images = images,
        Patient = Patient(head, options.Seed),
        Study = Study,
        Series = SeriesOf("RTSTRUCT", 4, "PHANTOM lesion contours"),
        Equipment = Scanner with { ModelName = "Phantom planning system" },
        SopInstanceUid = Uid("RTSTRUCT"),
        Label = "LESIONS",
        Rois =
        [
            .. head.Lesions.Select((lesion, n) => new RtExportRoi
            {
                Name = PhantomLesionRecord.RoiName(lesion),
                Mask = lesion.Mask,
                Color = Colors[n % Colors.Length],
            }),
        ],
    };

    private SegmentationExport Segmentation(PhantomHead head, ImageSeries images, MrSeriesExport source) => new()
    {
        Source = new SeriesVolume { Volume = source.Volume, Series = images, Modality = "MR", FirstDataset = source.ToDataset(0) },
        Series = SeriesOf("SEG", 5, "PHANTOM lesion segmentation"),
        Equipment = Scanner with { ModelName = "Phantom planning system" },
        SopInstanceUid = Uid("SEG"),
        ContentLabel = "LESIONS",
        ContentDescription = "Lesions of a synthetic phantom",
        Segments =
        [
            .. head.Lesions.Select((lesion, n) => new SegmentDefinition
            {
                Mask = lesion.Mask,
                Label = PhantomLesionRecord.RoiName(lesion),
                TrackingId = PhantomLesionRecord.RoiName(lesion),
                TrackingUid = Uid(FormattableString.Invariant($"lesion {lesion.Number}")),
                AlgorithmType = SegmentAlgorithmType.Manual,
                Color = Colors[n % Colors.Length],
            }),
        ],
    };

    private PhantomTruth Truth(PhantomHead head, ImageSeries images) => new(
        Synthetic: true,
        options.Seed,
        options.Centre == PhantomCentre.First ? "A" : "B",
        PatientId(options.Seed),
        images.StudyInstanceUid,
        images.SeriesInstanceUid,
        head.Clinical,
        [.. head.Lesions.Select(PhantomLesionRecord.Of)]);
}
