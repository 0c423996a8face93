using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Matching;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class StudyPipelineSettingsTests
{
    private static NodeSettings Read(params (string Path, string Value)[] values) => NodeSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>(v.Path, v.Value))).Build());

    [Fact]
    public void Settings_of_all_steps_are_read()
    {
        NodeSettings settings = Read(
            ("Matching:Series:T1cePattern", "^Navi"), ("Matching:Series:Tie", "Refuse"), ("Matching:Lesions:InterpretedTypes:0", "CTV"),
            ("Matching:Prefer", "Segmentations"), ("Classification:NecrosisFrom", "0.8"), ("Classification:ProgressionUpTo", "0.1"),
            ("Inference:Device", "cpu"), ("Reporting:Overlays", "false"));

        Assert.Equal(("^Navi", SeriesTieRule.Refuse), (settings.Matching.Series.T1cePattern, settings.Matching.Series.Tie));
        Assert.Equal(["CTV"], settings.Matching.Lesions.InterpretedTypes!);
        Assert.Equal(ContourPreference.Segmentations, settings.Matching.Prefer);
        Assert.Equal((0.8, 0.1), (settings.Classification.NecrosisFrom, settings.Classification.ProgressionUpTo));
        Assert.False(settings.Reporting.Overlays);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        SettingsException error = Assert.Throws<SettingsException>(() => Read(
            ("Matching:Lesions:NamePattern", "(gtv"), ("Matching:Series:MinimumImages", "1"), ("Classification:NecrosisFrom", "0.8"),
            ("Inference:Device", "abacus"), ("Reporting:OverlayPanelSize", "5")));

        foreach (string setting in new[] { "NamePattern", "MinimumImages", "NecrosisFrom", "Device", "OverlayPanelSize" })
            Assert.Contains(error.Errors, e => e.Path.EndsWith(setting, StringComparison.Ordinal));
    }
}
