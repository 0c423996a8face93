using System.Globalization;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Export;

/// <summary>Writes a volume as a series of single-frame MR Image Storage instances (PS3.3 A.4), one file per slice.</summary>
public sealed record MrSeriesExport
{
    /// <summary>
    /// The values. They are stored as 16 bit integers after <see cref="RescaleSlope"/> and <see cref="RescaleIntercept"/> are taken off, rounded; signed
    /// if one is negative.
    /// </summary>
    public required Volume<float> Volume { get; init; }

    /// <summary>Patient.</summary>
    public required ExportPatient Patient { get; init; }

    /// <summary>Study.</summary>
    public required ExportStudy Study { get; init; }

    /// <summary>Series.</summary>
    public required ExportSeries Series { get; init; }

    /// <summary>Scanner.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>Acquisition.</summary>
    public MrAcquisition Acquisition { get; init; } = new();

    /// <summary>Frame of Reference UID.</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>SOP Instance UID of each slice, in slice order.</summary>
    public required IReadOnlyList<string> SopInstanceUids { get; init; }

    /// <summary>Value of one stored step; 1 leaves the rescale attributes out if the intercept is 0 too (they are no part of the MR Image IOD, but common).</summary>
    public double RescaleSlope { get; init; } = 1;

    /// <summary>Value of the stored 0.</summary>
    public double RescaleIntercept { get; init; }

    /// <summary>Window Center and Width are those of the window; null leaves them out.</summary>
    public DisplayWindow? Window { get; init; }

    /// <summary>Slice Thickness, mm; null is the distance of the slices.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>Image Comments (0020,4000), such as that the images are synthetic; empty is left out.</summary>
    public string Comments { get; init; } = "";

    /// <summary>Writes slice k to <c>0001.dcm</c> and so on below <paramref name="folder"/>, which is made if need be.</summary>
    /// <returns>What other objects refer to, with the paths.</returns>
    /// <exception cref="ArgumentException">Not one UID per slice, or a value that does not fit into 16 bits.</exception>
    public async Task<ImageSeries> WriteAsync(string folder, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        VolumeGeometry grid = Volume.Geometry;
        SlicePixels pixels = Pixels();
        List<SourceInstance> instances = [];
        for (int k = 0; k < grid.Slices; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{k + 1:0000}.dcm"));
            await new DicomFile(ToDataset(k, pixels)).SaveAsync(path);
            instances.Add(new SourceInstance
            {
                SopClassUid = DicomUID.MRImageStorage.UID,
                SopInstanceUid = SopInstanceUids[k],
                InstanceNumber = k + 1,
                Position = grid.ToPatient(new VoxelPoint(0, 0, k)),
                Path = path,
            });
        }

        return new ImageSeries
        {
            Geometry = grid,
            StudyInstanceUid = Study.StudyInstanceUid,
            SeriesInstanceUid = Series.SeriesInstanceUid,
            FrameOfReferenceUid = FrameOfReferenceUid,
            Instances = instances,
        };
    }

    /// <summary>The instance of one slice.</summary>
    /// <exception cref="ArgumentException">Not one UID per slice, or a value that does not fit into 16 bits.</exception>
    public DicomDataset ToDataset(int slice) => ToDataset(slice, Pixels());

    private DicomDataset ToDataset(int slice, SlicePixels pixels)
    {
        if (SopInstanceUids.Count != Volume.Geometry.Slices)
            throw new ArgumentException($"{SopInstanceUids.Count} UIDs for {Volume.Geometry.Slices} slices.", nameof(slice));
        DicomDataset dataset = ExportModules.NewDataset();
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.MRImageStorage);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, SopInstanceUids[slice]);
        dataset.AddPatient(Patient);
        dataset.AddStudy(Study);
        dataset.AddSeries("MR", Series);
        dataset.AddOrUpdate(DicomTag.PatientPosition, Series.PatientPosition);
        if (Series.BodyPart.Length == 0)
            dataset.AddOrUpdate(DicomTag.Laterality, "");
        dataset.AddFrameOfReference(FrameOfReferenceUid);
        dataset.AddEquipment(Equipment);
        AddImage(dataset, slice, pixels);
        MrModule.Add(dataset, Acquisition);
        pixels.AddPixels(dataset, slice, Window);
        return dataset;
    }

    private SlicePixels Pixels() => new SlicePixels(Volume, RescaleSlope, RescaleIntercept).Check();

    private void AddImage(DicomDataset dataset, int slice, SlicePixels pixels)
    {
        string date = ExportModules.Date(Series.Date), time = ExportModules.Time(Series.Date);
        dataset.AddOrUpdate(DicomTag.ImageType, [.. Acquisition.ImageType]);
        dataset.AddOrUpdate(DicomTag.InstanceNumber, slice + 1);
        dataset.AddOrUpdate(DicomTag.AcquisitionNumber, 1);
        dataset.AddOrUpdate(DicomTag.AcquisitionDate, date);
        dataset.AddOrUpdate(DicomTag.AcquisitionTime, time);
        dataset.AddOrUpdate(DicomTag.ContentDate, date);
        dataset.AddOrUpdate(DicomTag.ContentTime, time);
        dataset.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        dataset.AddUnlessEmpty(DicomTag.ImageComments, Comments);
        pixels.AddPlane(dataset, slice, SliceThickness);
    }
}
