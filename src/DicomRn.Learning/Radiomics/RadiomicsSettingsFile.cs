using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace DicomRn.Learning.Radiomics;

/// <summary>
/// Settings in a file, as YAML or JSON: PyRadiomics' parameter files (<c>setting</c>, <c>featureClass</c>, <c>imageType</c>), for both profiles. Keys that
/// have no effect on the features are passed over; a key that is not known, or whose value is not supported, is an error.
/// </summary>
public sealed class RadiomicsSettingsFile
{
    private static readonly string[] WithoutEffect =
    [
        "additionalInfo", "correctMask", "geometryTolerance", "preCrop", "label_channel", "enableCExtensions", "verbose",
    ];

    private static readonly Dictionary<string, FeatureClass> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["shape"] = FeatureClass.Shape,
        ["shape2D"] = FeatureClass.Shape2D,
        ["firstorder"] = FeatureClass.FirstOrder,
        ["glcm"] = FeatureClass.Glcm,
        ["glrlm"] = FeatureClass.Glrlm,
        ["glszm"] = FeatureClass.Glszm,
        ["gldzm"] = FeatureClass.Gldzm,
        ["gldm"] = FeatureClass.Gldm,
        ["ngtdm"] = FeatureClass.Ngtdm,
    };

    private RadiomicsSettingsFile(RadiomicsSettings settings, int? label) => (Settings, Label) = (settings, label);

    /// <summary>The settings given to <see cref="Parse"/>, changed by the file.</summary>
    public RadiomicsSettings Settings { get; }

    /// <summary>The value of the mask that is the region, where the file tells it.</summary>
    public int? Label { get; }

    /// <summary>Reads YAML or JSON text.</summary>
    /// <param name="text">The file.</param>
    /// <param name="defaults">What the file does not change.</param>
    /// <exception cref="RadiomicsException">The text is not YAML, or a key or value is not supported; the message names it.</exception>
    public static RadiomicsSettingsFile Parse(string text, RadiomicsSettings defaults)
    {
        object? root;
        try
        {
            root = new DeserializerBuilder().Build().Deserialize<object?>(text);
        }
        catch (YamlException e)
        {
            throw new RadiomicsException($"line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }

        Reader reader = new(defaults);
        foreach ((string key, object? value) in SettingValue.Map(root, "the file"))
            reader.Read(key, value);
        return new RadiomicsSettingsFile(reader.Settings, reader.Label);
    }

    private sealed class Reader(RadiomicsSettings settings)
    {
        public RadiomicsSettings Settings { get; private set; } = settings;

        public int? Label { get; private set; }

        public void Read(string key, object? value)
        {
            switch (key)
            {
                case "setting":
                    foreach ((string name, object? inner) in SettingValue.Map(value, key))
                        ReadSetting(name, new SettingValue(name, inner));
                    break;
                case "featureClass":
                    Settings = Settings with { Features = Features(value) };
                    break;
                case "imageType":
                    Settings = Settings with { Images = [.. SettingValue.Map(value, key).SelectMany(i => Images(i.Key, i.Value))] };
                    break;
                default:
                    ReadSetting(key, new SettingValue(key, value));
                    break;
            }
        }

        private void ReadSetting(string key, SettingValue value)
        {
            if (Array.IndexOf(WithoutEffect, key) >= 0)
                return;
            if (key == "label")
            {
                Label = value.Int;
                return;
            }

            Settings = key switch
            {
                "binWidth" => Settings with { BinWidth = value.Double, BinCount = null },
                "binCount" => value.IsNull ? Settings : Settings with { BinCount = value.Int, BinWidth = null },
                "ivhBinWidth" => Settings with { VolumeHistogramBinWidth = value.Double },
                "resampledPixelSpacing" => Settings with { Spacing = value.Spacing },
                "interpolator" => Settings with { Interpolation = Interpolation(value) },
                "padDistance" => Settings with { PadDistance = value.Int },
                "resegmentRange" => Settings with { Range = value.Range },
                "resegmentMode" => Settings with { RangeMode = value.OneOf<RangeMode>() },
                "resegmentShape" => Settings with { RangeAppliesToShape = value.Bool },
                "outlierSigma" => Settings with { OutlierSigma = value.IsNull ? null : value.Double },
                "normalize" => Settings with { Normalize = value.Bool },
                "normalizeScale" => Settings with { NormalizeScale = value.Double },
                "removeOutliers" => Settings with { NormalizeOutliers = value.IsNull ? null : value.Double },
                "voxelArrayShift" => Settings with { VoxelArrayShift = value.Double },
                "force2D" => Settings with { Force2D = value.Bool },
                "force2Ddimension" => Settings with { Force2DDimension = value.Int },
                "gldm_a" => Settings with { DependenceCoarseness = value.Int },
                "weightingNorm" => Settings with { MergeDirections = value.IsNull ? false : value.Require("no_weighting", true) },
                "symmetricalGLCM" => value.Require("true", Settings),
                "distances" => value.Require("1", Settings),
                "minimumROIDimensions" or "minimumROISize" => Settings,
                _ => throw new RadiomicsException($"'{key}' is not a known setting"),
            };
        }

        private static ImageInterpolation Interpolation(SettingValue value) => value.Text switch
        {
            "sitkBSpline" or "3" or "" => ImageInterpolation.CubicBSpline,
            "sitkLinear" or "2" => ImageInterpolation.Linear,
            string other => throw new RadiomicsException($"interpolator '{other}' is not supported (sitkBSpline, sitkLinear)"),
        };

        private static Dictionary<FeatureClass, IReadOnlyList<string>> Features(object? value) =>
            SettingValue.Map(value, "featureClass").ToDictionary(
                entry => Classes.TryGetValue(entry.Key, out FeatureClass family)
                    ? family
                    : throw new RadiomicsException($"'{entry.Key}' is not a known feature class"),
                entry => (IReadOnlyList<string>)new SettingValue(entry.Key, entry.Value).List);

        private static IEnumerable<RadiomicsImage> Images(string name, object? value) => name switch
        {
            "Original" => [RadiomicsImage.Original],
            "Wavelet" => Wavelet(SettingValue.Map(value, name)),
            "LoG" => LaplacianOfGaussian(SettingValue.Map(value, name)),
            _ => throw new RadiomicsException($"image type '{name}' is not supported (Original, LoG, Wavelet)"),
        };

        private static IEnumerable<RadiomicsImage> LaplacianOfGaussian(Dictionary<string, object?> options)
        {
            if (options.Keys.FirstOrDefault(k => k != "sigma") is { } other)
                throw new RadiomicsException($"'{other}' is not a known option of LoG");
            string[] sigmas = options.TryGetValue("sigma", out object? given) ? new SettingValue("sigma", given).List : [];
            if (sigmas.Length == 0)
                throw new RadiomicsException("LoG needs a list of sigma, in mm");
            return sigmas.Select(s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out double sigma) && sigma > 0
                ? new RadiomicsImage.LaplacianOfGaussian(sigma)
                : throw new RadiomicsException($"sigma '{s}' is not a number above 0"));
        }

        private static IEnumerable<RadiomicsImage> Wavelet(Dictionary<string, object?> options)
        {
            foreach ((string key, object? value) in options)
            {
                string wanted = key switch
                {
                    "wavelet" => "coif1",
                    "level" => "1",
                    "start_level" => "0",
                    _ => throw new RadiomicsException($"'{key}' is not a known option of Wavelet"),
                };
                new SettingValue(key, value).Require(wanted, true);
            }

            return [new RadiomicsImage.Wavelet()];
        }
    }
}
