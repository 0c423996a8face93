using System.Globalization;
using System.Reflection;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;

namespace DicomRn.Commands;

/// <summary>The REG object of <c>dicomrn register</c>.</summary>
internal static class RegistrationFile
{
    private static readonly string Version = typeof(RegisterCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>This program as the equipment of what it writes.</summary>
    public static ExportEquipment Equipment => new() { Manufacturer = "DicomRn", ModelName = "DicomRn", DeviceSerialNumber = Version, SoftwareVersions = Version };

    /// <summary>Why there is no REG object of two images, as a sentence; null where there is one.</summary>
    public static string? WhyNot(RegistrationInput still, RegistrationInput moving)
    {
        if (still.Series is not { } a || moving.Series is not { } b)
            return "No REG object was written: not both images are DICOM series.";
        if (a.Series.FrameOfReferenceUid.Length == 0 || b.Series.FrameOfReferenceUid.Length == 0)
            return "No REG object was written: a series has no Frame of Reference UID.";
        return a.Series.FrameOfReferenceUid == b.Series.FrameOfReferenceUid
            ? "No REG object was written: both series are in the same frame of reference."
            : null;
    }

    /// <summary>The object.</summary>
    public static DicomFile Of(SeriesVolume still, SeriesVolume moving, RegistrationResult result)
    {
        string[] parts = Parts("register", still, moving, result);
        return new SpatialRegistrationExport
        {
            Fixed = still,
            Moving = moving,
            FixedToMoving = result.FixedToMoving,
            SopInstanceUid = DerivedUid.Of([.. parts, "instance"]),
            Series = new ExportSeries
            {
                SeriesInstanceUid = DerivedUid.Of([.. parts, "series"]),
                Number = 9002,
                Description = result.Accepted ? "Rigid registration (research use, not verified)" : "REFUSED rigid registration, not to be used",
                Date = DateTime.Now,
            },
            Equipment = Equipment,
            ContentLabel = result.Accepted ? "REGISTRATION" : "REFUSED",
            ContentDescription = result.Accepted ? "Rigid registration; research use, not verified" : "Refused by its quality; not to be used",
            ContentCreatorName = "DicomRn",
            Comment = RegistrationText.Line(result.Quality, result.Accepted),
        }.ToDicomFile();
    }

    /// <summary>What the UIDs of an object are derived from.</summary>
    public static string[] Parts(string kind, SeriesVolume still, SeriesVolume moving, RegistrationResult result) =>
    [
        kind, still.Series.SeriesInstanceUid, moving.Series.SeriesInstanceUid,
        .. result.FixedToMoving.ToMatrix().Select(v => v.ToString("R", CultureInfo.InvariantCulture)), result.Accepted.ToString(),
    ];
}
