namespace DicomRn.Learning.Training;

/// <summary>How a sub-volume is changed before a model sees it in training; every change is drawn anew each time.</summary>
public sealed record ViewSettings
{
    /// <summary>Whether axes are exchanged (quarter turns).</summary>
    public bool Turns { get; init; } = true;

    /// <summary>Whether axes are mirrored.</summary>
    public bool Mirrors { get; init; } = true;

    /// <summary>Largest tilt about each axis, degrees.</summary>
    public double LargestTiltDegrees { get; init; }

    /// <summary>Largest zoom in and out: 0.1 for 1.1 times and its reciprocal.</summary>
    public double LargestZoom { get; init; }

    /// <summary>Largest shift along each axis, as a share of the edge.</summary>
    public double LargestShift { get; init; }

    /// <summary>Standard deviation of the logarithm of the contrast.</summary>
    public double Contrast { get; init; } = 0.15;

    /// <summary>Standard deviation of the brightness, in normalised intensities.</summary>
    public double Brightness { get; init; } = 0.2;

    /// <summary>Largest standard deviation of added noise, in normalised intensities.</summary>
    public double LargestNoise { get; init; }

    /// <summary>No change at all.</summary>
    public static ViewSettings None { get; } = new() { Turns = false, Mirrors = false, Contrast = 0, Brightness = 0 };

    /// <summary>What is wrong with the settings.</summary>
    public IEnumerable<string> Faults()
    {
        if (LargestTiltDegrees is not (>= 0 and <= 180))
            yield return "LargestTiltDegrees: 0 to 180";
        if (LargestZoom is not (>= 0 and <= 1))
            yield return "LargestZoom: 0 to 1";
        if (LargestShift is not (>= 0 and <= 0.5))
            yield return "LargestShift: 0 to 0.5";
        if (Contrast is not (>= 0 and <= 2))
            yield return "Contrast: 0 to 2";
        if (Brightness is not (>= 0 and <= 10))
            yield return "Brightness: 0 to 10";
        if (LargestNoise is not (>= 0 and <= 10))
            yield return "LargestNoise: 0 to 10";
    }
}
