using DicomRn.Node.Matching;

namespace DicomRn.Node.Tests.Matching;

public sealed class SeriesAttributesReaderTests
{
    [Fact]
    public void Enhanced_images_say_their_contrast_and_timing_in_functional_groups()
    {
        SeriesAttributes series = Read(Enhanced(
            Group(DicomTag.MRTimingAndRelatedParametersSequence, new() { { DicomTag.RepetitionTime, 1900m } }),
            Group(DicomTag.MREchoSequence, new() { { DicomTag.EffectiveEchoTime, 2.9 } }),
            Group(DicomTag.MRImageFrameTypeSequence, new() { { DicomTag.AcquisitionContrast, "T1" } }),
            Group(DicomTag.ContrastBolusUsageSequence, new() { { DicomTag.ContrastBolusAgentAdministered, "YES" } })));

        Assert.Equal((1900, 2.9, "T1", true, null), (series.RepetitionTime, series.EchoTime, series.AcquisitionContrast, series.HasContrastAdministration, series.ContrastAgent));
    }

    [Fact]
    public void Frames_without_contrast_agent_say_so_whatever_agent_the_examination_names()
    {
        DicomDataset image = Enhanced(Group(DicomTag.ContrastBolusUsageSequence, new() { { DicomTag.ContrastBolusAgentAdministered, "NO" } }));
        image.Add(DicomTag.ContrastBolusAgent, "Gadobutrol");

        Assert.Equal("NO", Read(image).ContrastAgent);
    }

    [Fact]
    public void Legacy_converted_images_keep_the_attributes_of_the_single_frames_aside()
    {
        SeriesAttributes series = Read(Enhanced(
            Group(DicomTag.UnassignedSharedConvertedAttributesSequence, new()
            {
                { DicomTag.ScanningSequence, "GR", "IR" }, { DicomTag.SequenceVariant, "SK", "MP" }, { DicomTag.MRAcquisitionType, "3D" },
                { DicomTag.ContrastBolusAgent, "Gadobutrol" }, { DicomTag.RepetitionTime, 1900m }, { DicomTag.EchoTime, 2.9m },
            })));

        Assert.Equal(["GR", "IR"], series.ScanningSequence);
        Assert.Equal(["SK", "MP"], series.SequenceVariant);
        Assert.Equal((true, 1900, 2.9, "Gadobutrol"), (series.Is3D, series.RepetitionTime, series.EchoTime, series.ContrastAgent));
    }

    private static SeriesAttributes Read(DicomDataset image) => SeriesAttributesReader.Read([new StudyFile("image.dcm", image)]);

    private static DicomSequence Group(DicomTag tag, DicomDataset item) => new(tag, item);

    private static DicomDataset Enhanced(params DicomSequence[] shared) => new()
    {
        { DicomTag.SOPClassUID, DicomUID.EnhancedMRImageStorage },
        { DicomTag.SeriesInstanceUID, "1.2.3" },
        { DicomTag.NumberOfFrames, 10 },
        new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, [new DicomDataset(shared)]),
        new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [new DicomDataset()]),
    };
}
