using System.Numerics;

namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>What does not change during a scan: the preset parameters and what follows from them (ITU-T T.87 A.2.1, C.2.4.1.1).</summary>
internal sealed class CodingParameters
{
    private const int DefaultReset = 64;
    private readonly sbyte[] _gradientRegions;

    /// <exception cref="DicomCodecException">Parameters that contradict each other.</exception>
    public CodingParameters(int precision, int near, PresetParameters preset)
    {
        Near = near;
        MaximumSampleValue = preset.MaximumSampleValue == 0 ? (1 << precision) - 1 : preset.MaximumSampleValue;
        Require(MaximumSampleValue < 1 << precision, "MAXVAL", MaximumSampleValue);
        Require(near <= Math.Min(255, MaximumSampleValue / 2), "NEAR", near);

        PresetParameters defaults = DefaultThresholds(MaximumSampleValue, near);
        Threshold1 = preset.Threshold1 == 0 ? defaults.Threshold1 : preset.Threshold1;
        Threshold2 = preset.Threshold2 == 0 ? defaults.Threshold2 : preset.Threshold2;
        Threshold3 = preset.Threshold3 == 0 ? defaults.Threshold3 : preset.Threshold3;
        Reset = preset.Reset == 0 ? DefaultReset : preset.Reset;
        Require(Threshold1 > near && Threshold1 <= MaximumSampleValue, "T1", Threshold1);
        Require(Threshold2 >= Threshold1 && Threshold2 <= MaximumSampleValue, "T2", Threshold2);
        Require(Threshold3 >= Threshold2 && Threshold3 <= MaximumSampleValue, "T3", Threshold3);
        Require(Reset >= 3 && Reset <= Math.Max(255, MaximumSampleValue), "RESET", Reset);

        Step = (2 * near) + 1;
        Range = ((MaximumSampleValue + (2 * near)) / Step) + 1;
        ErrorBits = BitOperations.Log2((uint)(Range - 1)) + 1;
        int sampleBits = Math.Max(2, BitOperations.Log2((uint)MaximumSampleValue) + 1);
        CodeLengthLimit = 2 * (sampleBits + Math.Max(8, sampleBits));
        _gradientRegions = GradientRegions();
    }

    /// <summary>NEAR.</summary>
    public int Near { get; }

    /// <summary>2·NEAR + 1, the width of a quantised prediction error.</summary>
    public int Step { get; }

    /// <summary>MAXVAL.</summary>
    public int MaximumSampleValue { get; }

    /// <summary>T1.</summary>
    public int Threshold1 { get; }

    /// <summary>T2.</summary>
    public int Threshold2 { get; }

    /// <summary>T3.</summary>
    public int Threshold3 { get; }

    /// <summary>RESET.</summary>
    public int Reset { get; }

    /// <summary>RANGE: how many prediction errors there are.</summary>
    public int Range { get; }

    /// <summary>qbpp: the bits of a mapped prediction error that is coded as it is.</summary>
    public int ErrorBits { get; }

    /// <summary>LIMIT: no sample takes more bits.</summary>
    public int CodeLengthLimit { get; }

    /// <summary>The default thresholds of a sample range (C.2.4.1.1.1).</summary>
    public static PresetParameters DefaultThresholds(int maximumSampleValue, int near)
    {
        int t1, t2, t3;
        if (maximumSampleValue >= 128)
        {
            int factor = (Math.Min(maximumSampleValue, 4095) + 128) / 256;
            t1 = (factor * (3 - 2)) + 2 + (3 * near);
            t2 = (factor * (7 - 3)) + 3 + (5 * near);
            t3 = (factor * (21 - 4)) + 4 + (7 * near);
        }
        else
        {
            int factor = 256 / (maximumSampleValue + 1);
            t1 = Math.Max(2, (3 / factor) + (3 * near));
            t2 = Math.Max(3, (7 / factor) + (5 * near));
            t3 = Math.Max(4, (21 / factor) + (7 * near));
        }

        t1 = Clamped(t1, near + 1, maximumSampleValue);
        t2 = Clamped(t2, t1, maximumSampleValue);
        t3 = Clamped(t3, t2, maximumSampleValue);
        return new PresetParameters(maximumSampleValue, t1, t2, t3, DefaultReset);
    }

    /// <summary>The region −4…4 of a local gradient (A.3.3).</summary>
    public int Region(int gradient) => _gradientRegions[Math.Clamp(gradient, -Threshold3, Threshold3) + Threshold3];

    /// <summary>The sample that a prediction and the quantised error, its sign undone, stand for (A.4.5 backwards).</summary>
    public int Reconstruct(int prediction, int error)
    {
        int sample = prediction + (error * Step);
        if (sample < -Near)
            sample += Range * Step;
        else if (sample > MaximumSampleValue + Near)
            sample -= Range * Step;
        return Math.Clamp(sample, 0, MaximumSampleValue);
    }

    /// <summary>The quantised prediction error, reduced modulo RANGE (A.4.4, A.4.5).</summary>
    public int Quantise(int error)
    {
        if (Near > 0)
            error = error > 0 ? (error + Near) / Step : -((Near - error) / Step);
        if (error < 0)
            error += Range;
        return error >= (Range + 1) / 2 ? error - Range : error;
    }

    /// <summary>CLAMP of the standard: a value out of bounds becomes the lower bound, also one too large.</summary>
    private static int Clamped(int value, int lowest, int highest) => value > highest || value < lowest ? lowest : value;

    private static void Require(bool isValid, string parameter, int value)
    {
        if (!isValid)
            throw new DicomCodecException($"JPEG-LS: {parameter} is {value}, which the other coding parameters do not allow.");
    }

    private sbyte[] GradientRegions()
    {
        sbyte[] regions = new sbyte[(2 * Threshold3) + 1];
        for (int gradient = 0; gradient <= Threshold3; gradient++)
        {
            int region = gradient <= Near ? 0
                : gradient < Threshold1 ? 1
                : gradient < Threshold2 ? 2
                : gradient < Threshold3 ? 3 : 4;
            regions[Threshold3 + gradient] = (sbyte)region;
            regions[Threshold3 - gradient] = (sbyte)-region;
        }

        return regions;
    }
}
