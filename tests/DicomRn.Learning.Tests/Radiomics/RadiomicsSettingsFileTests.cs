using DicomRn.Learning.Radiomics;

namespace DicomRn.Learning.Tests.Radiomics;

public sealed class RadiomicsSettingsFileTests
{
    [Fact]
    public void PyRadiomics_parameter_file_is_understood()
    {
        const string Yaml = """
            imageType:
              Original: {}
              LoG:
                sigma: [1.0, 2.5]
              Wavelet: {}
            featureClass:
              shape:
              glcm: [Contrast, Idm]
            setting:
              binWidth: 5
              resampledPixelSpacing: [1, 1, 3]
              interpolator: sitkBSpline
              resegmentRange: [-3, 3]
              resegmentMode: sigma
              label: 2
            """;

        RadiomicsSettingsFile file = RadiomicsSettingsFile.Parse(Yaml, new RadiomicsSettings { Profile = RadiomicsProfile.PyRadiomics });

        RadiomicsSettings settings = file.Settings;
        Assert.Equal(2, file.Label);
        Assert.Equal((5, new VoxelSpacing(1, 1, 3)), (settings.BinWidth, settings.Spacing));
        Assert.Equal((new IntensityRange(-3, 3), RangeMode.Sigma), (settings.Range, settings.RangeMode));
        Assert.Equal(["Contrast", "Idm"], settings.Features![FeatureClass.Glcm]);
        Assert.True(settings.Includes(FeatureClass.Shape));
        Assert.False(settings.Includes(FeatureClass.Ngtdm));
        Assert.Equal(
            [RadiomicsImage.Original, new RadiomicsImage.LaplacianOfGaussian(1), new RadiomicsImage.LaplacianOfGaussian(2.5), new RadiomicsImage.Wavelet()],
            settings.Images);
    }

    [Fact]
    public void Json_is_understood_too()
    {
        RadiomicsSettingsFile file = RadiomicsSettingsFile.Parse("""{ "setting": { "binCount": 32, "normalize": true } }""", new RadiomicsSettings());

        Assert.Equal((32, true), (file.Settings.BinCount, file.Settings.Normalize));
    }

    [Theory]
    [InlineData("setting: {binWidht: 5}", "'binWidht' is not a known setting")]
    [InlineData("setting: {binWidth: wide}", "binWidth: 'wide' is not a number")]
    [InlineData("setting: {distances: [1, 2]}", "distances: only 1 is supported")]
    [InlineData("imageType: {LBP2D: {}}", "image type 'LBP2D' is not supported")]
    [InlineData("imageType: {LoG: {}}", "LoG needs a list of sigma")]
    [InlineData("featureClass: {glxm: }", "'glxm' is not a known feature class")]
    [InlineData("setting: [1, 2", "line 2: While parsing a flow sequence")]
    public void Fault_is_told_with_its_key(string text, string message) => Assert.Contains(
        message, Assert.Throws<RadiomicsException>(() => RadiomicsSettingsFile.Parse(text, new RadiomicsSettings())).Message, StringComparison.Ordinal);

    [Fact]
    public void Filtered_images_and_chosen_features_are_those_asked_for()
    {
        RadiomicsSettings settings = RadiomicsSettingsFile.Parse(
            "{imageType: {LoG: {sigma: [2]}, Wavelet: {}}, featureClass: {firstorder: [Mean, Range]}, binWidth: 1}",
            new RadiomicsSettings { Profile = RadiomicsProfile.PyRadiomics }).Settings;

        string[] names = [.. RadiomicsExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Mask, settings).Select(f => f.Name)];

        Assert.Equal(18, names.Length);
        Assert.Equal(["log-sigma-2-0-mm-3D_firstorder_Mean", "log-sigma-2-0-mm-3D_firstorder_Range"], names[..2]);
        Assert.Contains("wavelet-HLH_firstorder_Mean", names);
    }
}
