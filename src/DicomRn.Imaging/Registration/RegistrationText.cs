using System.Globalization;

namespace DicomRn.Imaging.Registration;

/// <summary>A registration in words, for reports and objects.</summary>
public static class RegistrationText
{
    /// <summary>Decision and numbers, one or two sentences.</summary>
    public static string Of(RegistrationResult result)
    {
        RegistrationQuality q = result.Quality;
        string numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"Normalised mutual information {q.Information:0.000}, overlap {q.Overlap * 100:0} %, both directions agree within {q.InverseConsistencyMm:0.00} mm, restarts within {q.RestartSpreadMm:0.00} mm, parts of the head within {q.LocalShiftMm:0.00} mm, mirrored {q.MirroredShare * 100:0} %.");
        return result.Accepted ? $"Accepted. {numbers}" : $"Refused: {string.Join("; ", result.Refusals)}. {numbers}";
    }

    /// <summary>Decision and numbers in the 64 characters of VR LO.</summary>
    public static string Line(RegistrationQuality q, bool accepted)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{(accepted ? "Accepted" : "REFUSED")}: NMI {q.Information:0.00}, both ways {q.InverseConsistencyMm:0.0}, restarts {q.RestartSpreadMm:0.0}, parts {q.LocalShiftMm:0.0} mm");
        return line.Length <= 64 ? line : line[..64];
    }
}
