using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Export;

/// <summary>Slices of a volume as single-frame images: Image Plane, Image Pixel, rescale and window (PS3.3 C.7.6.2, C.7.6.3, C.11.1, C.11.2).</summary>
/// <param name="volume">The values.</param>
/// <param name="slope">Value of one stored step.</param>
/// <param name="intercept">Value of the stored 0.</param>
internal sealed class SlicePixels(Volume<float> volume, double slope, double intercept)
{
    private bool _signed;

    /// <summary>Finds out whether the stored values need a sign.</summary>
    /// <exception cref="ArgumentException">They do not fit into 16 bits.</exception>
    public SlicePixels Check()
    {
        (double low, double high) = (Stored(volume.Voxels.Min()), Stored(volume.Voxels.Max()));
        if (slope <= 0 || !(high - low <= ushort.MaxValue) || low < short.MinValue || high > (low < 0 ? short.MaxValue : ushort.MaxValue))
            throw new ArgumentException($"Stored values from {low} to {high} do not fit into 16 bits; choose a rescale slope.");
        _signed = low < 0;
        return this;
    }

    /// <summary>Adds where the slice lies.</summary>
    public void AddPlane(DicomDataset dataset, int slice, double? thickness = null)
    {
        VolumeGeometry grid = volume.Geometry;
        dataset.AddOrUpdate(DicomTag.ImagePositionPatient, ExportModules.Position(grid, slice));
        dataset.AddOrUpdate(DicomTag.ImageOrientationPatient, ExportModules.Orientation(grid));
        dataset.AddOrUpdate(DicomTag.PixelSpacing, DecimalText.Of(grid.SpacingJ, grid.SpacingI));
        dataset.AddOrUpdate(DicomTag.SliceThickness, DecimalText.Of(thickness ?? grid.SpacingK));
        dataset.AddOrUpdate(DicomTag.SpacingBetweenSlices, DecimalText.Of(grid.SpacingK));
    }

    /// <summary>Adds the pixels.</summary>
    /// <param name="dataset">To what.</param>
    /// <param name="slice">Which slice.</param>
    /// <param name="window">Window Center and Width; null leaves them out.</param>
    /// <param name="rescaleType">Rescale Type; null leaves the rescale attributes out where they change nothing.</param>
    public void AddPixels(DicomDataset dataset, int slice, DisplayWindow? window, string? rescaleType = null)
    {
        VolumeGeometry grid = volume.Geometry;
        dataset.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.AddOrUpdate(DicomTag.Rows, (ushort)grid.Rows);
        dataset.AddOrUpdate(DicomTag.Columns, (ushort)grid.Columns);
        dataset.AddOrUpdate(DicomTag.BitsAllocated, (ushort)16);
        dataset.AddOrUpdate(DicomTag.BitsStored, (ushort)16);
        dataset.AddOrUpdate(DicomTag.HighBit, (ushort)15);
        dataset.AddOrUpdate(DicomTag.PixelRepresentation, _signed ? (ushort)1 : (ushort)0);
        if (slope != 1 || intercept != 0 || rescaleType is not null)
        {
            dataset.AddOrUpdate(DicomTag.RescaleIntercept, DecimalText.Of(intercept));
            dataset.AddOrUpdate(DicomTag.RescaleSlope, DecimalText.Of(slope));
            dataset.AddOrUpdate(DicomTag.RescaleType, rescaleType ?? "US");
        }

        if (window is { } shown)
        {
            dataset.AddOrUpdate(DicomTag.WindowCenter, DecimalText.Of(Math.Round((shown.Low + shown.High + 1) / 2, 2)));
            dataset.AddOrUpdate(DicomTag.WindowWidth, DecimalText.Of(Math.Round(Math.Max(1, shown.High - shown.Low + 1), 2)));
        }

        dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, Array.ConvertAll(volume.Slice(slice).ToArray(), v => (ushort)(int)Stored(v))));
    }

    private double Stored(float value) => Math.Round((value - intercept) / slope);
}
