using System.Globalization;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Export;

/// <summary>
/// Writes a registered image as a derived series of single-frame MR or CT images (PS3.3 A.3, A.4) on the grid and in the frame of reference
/// of the image that it was registered to, filed in the study of that.
/// </summary>
public sealed record ResampledSeriesExport
{
    private const double FinestRange = 1000;

    private static readonly DicomTag[] Acquisition =
    [
        DicomTag.ScanningSequence, DicomTag.SequenceVariant, DicomTag.ScanOptions, DicomTag.MRAcquisitionType, DicomTag.SequenceName,
        DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength, DicomTag.InversionTime, DicomTag.FlipAngle,
        DicomTag.MagneticFieldStrength, DicomTag.ContrastBolusAgent, DicomTag.KVP, DicomTag.ConvolutionKernel, DicomTag.BodyPartExamined,
        DicomTag.AcquisitionDate, DicomTag.AcquisitionTime,
    ];

    /// <summary>The image that stays; patient and study come from its first data set.</summary>
    public required SeriesVolume Fixed { get; init; }

    /// <summary>The image that was registered, MR or CT.</summary>
    public required SeriesVolume Moving { get; init; }

    /// <summary>From the one to the other.</summary>
    public required RigidTransform FixedToMoving { get; init; }

    /// <summary>Its own series.</summary>
    public required ExportSeries Series { get; init; }

    /// <summary>The program that writes it.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>SOP Instance UID of each slice of the grid, in slice order.</summary>
    public required IReadOnlyList<string> SopInstanceUids { get; init; }

    /// <summary>Derivation Description.</summary>
    public required string Derivation { get; init; }

    /// <summary>Image Comments, such as what it must not be used for; empty is left out.</summary>
    public string Comments { get; init; } = "";

    private bool IsCt => Moving.Modality == "CT";

    /// <summary>Writes slice k to <c>0001.dcm</c> and so on below <paramref name="folder"/>, which is made if need be.</summary>
    /// <exception cref="NotSupportedException">The moving image is neither MR nor CT.</exception>
    /// <exception cref="ArgumentException">Not one UID per slice.</exception>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken = default)
    {
        if (!IsCt && Moving.Modality != "MR")
            throw new NotSupportedException($"Images of modality {Moving.Modality} are not written as a derived series, only MR and CT.");
        VolumeGeometry grid = Fixed.Volume.Geometry;
        if (SopInstanceUids.Count != grid.Slices)
            throw new ArgumentException($"{SopInstanceUids.Count} UIDs for {grid.Slices} slices.", nameof(folder));
        Volume<float> carried = RegisteredImage.OnGrid(Moving.Volume, grid, FixedToMoving);
        (double slope, double intercept) = Rescale(carried);
        SlicePixels pixels = new SlicePixels(carried, slope, intercept).Check();
        DisplayWindow window = DisplayWindow.FromQuantiles(carried);
        Directory.CreateDirectory(folder);
        for (int k = 0; k < grid.Slices; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomDataset dataset = Describe(k);
            pixels.AddPlane(dataset, k);
            pixels.AddPixels(dataset, k, window, IsCt ? "HU" : null);
            await new DicomFile(dataset).SaveAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{k + 1:0000}.dcm")));
        }
    }

    private DicomDataset Describe(int slice)
    {
        DicomDataset dataset = ExportModules.NewDataset();
        dataset.AddOrUpdate(DicomTag.SOPClassUID, IsCt ? DicomUID.CTImageStorage : DicomUID.MRImageStorage);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, SopInstanceUids[slice]);
        SourceModules.Copy(Fixed.FirstDataset, dataset);
        dataset.AddSeries(Moving.Modality, Series);
        SourceModules.Copy(Fixed.FirstDataset, dataset, DicomTag.PatientPosition);
        dataset.AddFrameOfReference(Fixed.Series.FrameOfReferenceUid);
        dataset.AddEquipment(Equipment);
        SourceModules.Copy(Moving.FirstDataset, dataset, Acquisition);
        AddRequired(dataset);
        if (!dataset.Contains(DicomTag.BodyPartExamined))
            dataset.AddOrUpdate(DicomTag.Laterality, "");
        dataset.AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY", IsCt ? "AXIAL" : "OTHER", "RESAMPLED");
        dataset.AddOrUpdate(DicomTag.InstanceNumber, slice + 1);
        dataset.AddOrUpdate(DicomTag.AcquisitionNumber, "");
        dataset.AddOrUpdate(DicomTag.ContentDate, ExportModules.Date(Series.Date));
        dataset.AddOrUpdate(DicomTag.ContentTime, ExportModules.Time(Series.Date));
        dataset.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        dataset.AddOrUpdate(DicomTag.DerivationDescription, Derivation);
        dataset.AddCode(DicomTag.DerivationCodeSequence, new CodedTerm("113085", "DCM", "Spatial resampling"));
        dataset.AddUnlessEmpty(DicomTag.ImageComments, Comments);
        LossyCompression.Write(Moving.Lossy ?? Fixed.Lossy, dataset);
        if (Sources(slice) is { Length: > 0 } sources)
            dataset.AddOrUpdate(new DicomSequence(DicomTag.SourceImageSequence, sources));
        return dataset;
    }

    // What the modules of single-frame images ask for and enhanced ones have elsewhere.
    private void AddRequired(DicomDataset dataset)
    {
        (DicomTag Tag, string Value)[] required = IsCt
            ? [(DicomTag.KVP, "")]
            : [(DicomTag.ScanningSequence, "RM"), (DicomTag.SequenceVariant, "NONE"), (DicomTag.ScanOptions, ""), (DicomTag.MRAcquisitionType, ""),
                (DicomTag.RepetitionTime, ""), (DicomTag.EchoTime, ""), (DicomTag.EchoTrainLength, "")];
        foreach ((DicomTag tag, string value) in required.Where(r => !dataset.Contains(r.Tag)))
            dataset.AddOrUpdate(tag, value);
    }

    // The images whose slices the slice cuts, and those beside them, which interpolation uses, too.
    private DicomDataset[] Sources(int slice)
    {
        VolumeGeometry grid = Fixed.Volume.Geometry, moving = Moving.Volume.Geometry;
        double[] at =
        [
            .. new[] { new VoxelPoint(0, 0, slice), new VoxelPoint(grid.Columns - 1, 0, slice), new VoxelPoint(0, grid.Rows - 1, slice), new VoxelPoint(grid.Columns - 1, grid.Rows - 1, slice) }
                .Select(corner => moving.ToVoxel(FixedToMoving.Apply(grid.ToPatient(corner))).K),
        ];
        int first = Math.Max(0, (int)Math.Floor(at.Min())), last = Math.Min(moving.Slices - 1, (int)Math.Ceiling(at.Max()));
        return [.. Moving.Series.Instances.Skip(first).Take(Math.Max(0, last - first + 1)).DistinctBy(i => i.SopInstanceUid).Select(Reference)];
    }

    private static DicomDataset Reference(SourceInstance instance)
    {
        DicomDataset reference = ExportModules.Reference(instance.SopClassUid, instance.SopInstanceUid);
        reference.AddCode(DicomTag.PurposeOfReferenceCodeSequence, new CodedTerm("121322", "DCM", "Source image for image processing operation"));
        return reference;
    }

    // Whole values where the image has enough of them and they fit, else 16 bits over its range.
    private static (double Slope, double Intercept) Rescale(Volume<float> image)
    {
        double low = image.Voxels.Min(), high = image.Voxels.Max(), range = high - low;
        bool fits = low >= short.MinValue && high <= (low < 0 ? short.MaxValue : ushort.MaxValue);
        return fits && range >= FinestRange ? (1, 0) : (range > 0 ? range / ushort.MaxValue : 1, low);
    }
}
