using System.Globalization;

namespace DicomRn.Imaging.Registration;

/// <summary>The limits that a registration must keep to be accepted.</summary>
public sealed record RegistrationGates
{
    /// <summary>The least <see cref="RegistrationQuality.Information"/>, 1 to 2.</summary>
    public double MinimumInformation { get; init; } = 1.05;

    /// <summary>The least <see cref="RegistrationQuality.Overlap"/>, 0 to 1.</summary>
    public double MinimumOverlap { get; init; } = 0.5;

    /// <summary>The most <see cref="RegistrationQuality.InverseConsistencyMm"/>.</summary>
    public double MaximumInverseConsistencyMm { get; init; } = 1;

    /// <summary>The most <see cref="RegistrationQuality.RestartSpreadMm"/>.</summary>
    public double MaximumRestartSpreadMm { get; init; } = 0.75;

    /// <summary>The most <see cref="RegistrationQuality.LocalShiftMm"/>.</summary>
    public double MaximumLocalShiftMm { get; init; } = 1;

    /// <summary>The most <see cref="RegistrationQuality.MirroredShare"/>.</summary>
    public double MaximumMirroredShare { get; init; } = 0.95;

    /// <summary>Every limit that a registration breaks, as a sentence; none: it is accepted.</summary>
    public IReadOnlyList<string> Judge(RegistrationQuality quality)
    {
        List<string> broken = [];
        if (!(quality.Information >= MinimumInformation))
            broken.Add(string.Create(CultureInfo.InvariantCulture, $"mutual information {quality.Information:0.000} is below {MinimumInformation:0.000}"));
        if (!(quality.Overlap >= MinimumOverlap))
            broken.Add(string.Create(CultureInfo.InvariantCulture, $"the images share {quality.Overlap * 100:0} % of the head, below {MinimumOverlap * 100:0} %"));
        AtMost(quality.InverseConsistencyMm, MaximumInverseConsistencyMm, "both directions disagree by");
        AtMost(quality.RestartSpreadMm, MaximumRestartSpreadMm, "restarts disagree by");
        AtMost(quality.LocalShiftMm, MaximumLocalShiftMm, "parts of the head lie off by");
        if (!(quality.MirroredShare <= MaximumMirroredShare))
        {
            broken.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the mirror image of the head reaches {quality.MirroredShare * 100:0} % of the information, above {MaximumMirroredShare * 100:0} %: another head, or left and right exchanged"));
        }

        return broken;

        void AtMost(double value, double limit, string what)
        {
            if (!(value <= limit))
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {value:0.00} mm, above {limit:0.00} mm"));
        }
    }

    /// <summary>Every limit out of range, as a sentence.</summary>
    public IEnumerable<string> Errors()
    {
        if (MinimumInformation is not (>= 1 and <= 2))
            yield return $"{nameof(MinimumInformation)} must be 1 to 2, not {MinimumInformation.ToString(CultureInfo.InvariantCulture)}";
        if (MinimumOverlap is not (>= 0 and <= 1))
            yield return $"{nameof(MinimumOverlap)} must be 0 to 1, not {MinimumOverlap.ToString(CultureInfo.InvariantCulture)}";
        if (MaximumMirroredShare is not (> 0 and <= 10))
            yield return $"{nameof(MaximumMirroredShare)} must be above 0 and at most 10, not {MaximumMirroredShare.ToString(CultureInfo.InvariantCulture)}";
        foreach ((string name, double value) in new[]
        {
            (nameof(MaximumInverseConsistencyMm), MaximumInverseConsistencyMm),
            (nameof(MaximumRestartSpreadMm), MaximumRestartSpreadMm),
            (nameof(MaximumLocalShiftMm), MaximumLocalShiftMm),
        })
        {
            if (value is not (> 0 and <= 100))
                yield return $"{name} must be above 0 and at most 100 mm, not {value.ToString(CultureInfo.InvariantCulture)}";
        }
    }
}
