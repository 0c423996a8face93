using System.ComponentModel.DataAnnotations;
using DicomRn.Imaging.Registration;

namespace DicomRn.Node.Matching;

/// <summary>Section <c>Matching:Registration</c>: contours of another frame of reference than that of the T1CE series.</summary>
public sealed record RegistrationSettings
{
    /// <summary>Whether Spatial Registrations (REG) in the study may carry contours over. Default true.</summary>
    public bool UseReceived { get; init; } = true;

    /// <summary>
    /// Whether, without such a REG, the planning series is registered to the T1CE series here, when it is in the study. Default true. Without
    /// either, contours of another frame of reference are not answered.
    /// </summary>
    public bool RegisterHere { get; init; } = true;

    /// <summary>The least normalised mutual information that a registration made here needs, 1 to 2. Default 1.05.</summary>
    [Range(1.0, 2.0)]
    public double MinimumInformation { get; init; } = new RegistrationGates().MinimumInformation;

    /// <summary>Share of the smaller head that both images show at least, 0 to 1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MinimumOverlap { get; init; } = new RegistrationGates().MinimumOverlap;

    /// <summary>How far the registrations in both directions may disagree, mm. Default 1.</summary>
    [Range(0.01, 100)]
    public double MaximumInverseConsistencyMm { get; init; } = new RegistrationGates().MaximumInverseConsistencyMm;

    /// <summary>How far searches from other beginnings may disagree, mm. Default 0.75.</summary>
    [Range(0.01, 100)]
    public double MaximumRestartSpreadMm { get; init; } = new RegistrationGates().MaximumRestartSpreadMm;

    /// <summary>How far the parts of the head may lie off, each for itself, median, mm. Default 1.</summary>
    [Range(0.01, 100)]
    public double MaximumLocalShiftMm { get; init; } = new RegistrationGates().MaximumLocalShiftMm;

    /// <summary>
    /// Share of the information that the mirror image of the head may reach at most: another patient's head reaches as much, images with
    /// left and right exchanged more. Default 0.95.
    /// </summary>
    [Range(0.01, 10)]
    public double MaximumMirroredShare { get; init; } = new RegistrationGates().MaximumMirroredShare;

    internal RegistrationGates Gates => new()
    {
        MinimumInformation = MinimumInformation,
        MinimumOverlap = MinimumOverlap,
        MaximumInverseConsistencyMm = MaximumInverseConsistencyMm,
        MaximumRestartSpreadMm = MaximumRestartSpreadMm,
        MaximumLocalShiftMm = MaximumLocalShiftMm,
        MaximumMirroredShare = MaximumMirroredShare,
    };
}
