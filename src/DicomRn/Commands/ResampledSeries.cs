using System.Globalization;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;

namespace DicomRn.Commands;

/// <summary>The moving image of <c>dicomrn register</c> as a derived DICOM series.</summary>
internal static class ResampledSeries
{
    /// <summary>Why there is none, as a sentence; null where there is one.</summary>
    public static string? WhyNot(RegistrationInput still, RegistrationInput moving)
    {
        if (still.Series is not { } a || moving.Series is not { } b)
            return "No DICOM series of the moving image was written: not both images are DICOM series.";
        if (a.Series.FrameOfReferenceUid.Length == 0)
            return "No DICOM series of the moving image was written: the fixed series has no Frame of Reference UID.";
        if (b.Modality is not ("MR" or "CT"))
            return $"No DICOM series of the moving image was written: it is neither MR nor CT, but {b.Modality}.";
        return Patient(a) is { Length: > 0 } one && Patient(b) is { Length: > 0 } other && one != other
            ? "No DICOM series of the moving image was written: both series have different Patient IDs."
            : null;
    }

    /// <summary>The series.</summary>
    public static ResampledSeriesExport Of(SeriesVolume still, SeriesVolume moving, RegistrationResult result)
    {
        string[] parts = RegistrationFile.Parts("resampled", still, moving, result);
        return new ResampledSeriesExport
        {
            Fixed = still,
            Moving = moving,
            FixedToMoving = result.FixedToMoving,
            Series = new ExportSeries
            {
                SeriesInstanceUid = DerivedUid.Of([.. parts, "series"]),
                Number = 9003,
                Description = result.Accepted ? $"Registered {moving.Modality} (research use, not verified)" : $"REFUSED registered {moving.Modality}, not to be used",
                Date = DateTime.Now,
            },
            Equipment = RegistrationFile.Equipment,
            SopInstanceUids = [.. Enumerable.Range(1, still.Volume.Geometry.Slices).Select(k => DerivedUid.Of([.. parts, "instance", k.ToString(CultureInfo.InvariantCulture)]))],
            Derivation = $"Series {moving.Series.SeriesInstanceUid}, rigidly registered and interpolated linearly on the grid of series {still.Series.SeriesInstanceUid}",
            Comments = result.Accepted ? "Research use, not verified" : "The registration is refused by its quality; not to be used",
        };
    }

    private static string Patient(SeriesVolume series) => series.FirstDataset.GetSingleValueOrDefault(DicomTag.PatientID, "").Trim();
}
