namespace DicomRn.Fuzzing.Targets;

/// <summary>Small data sets of our own making: the seeds of what reads data sets.</summary>
internal static class SampleDatasets
{
    /// <summary>Text of several character sets, numbers of every kind, nested sequences, private elements, pixels.</summary>
    public static DicomDataset Everything(DicomTransferSyntax syntax)
    {
        DicomDataset dataset = new(syntax)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.3.4" },
            { DicomTag.StudyDate, "20200101" },
            { DicomTag.StudyTime, "101010.123" },
            { DicomTag.PatientName, "Müller^Ähm" },
            { DicomTag.PatientAge, "042Y" },
            { DicomTag.PixelSpacing, "0.5", "5e-1" },
            { DicomTag.InstanceNumber, "7" },
            { DicomTag.ImageType, "ORIGINAL", "PRIMARY" },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.Rows, (ushort)4 },
            { DicomTag.Columns, (ushort)3 },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)12 },
            { DicomTag.HighBit, (ushort)11 },
            { DicomTag.PixelRepresentation, (ushort)0 },
            { DicomTag.FrameIncrementPointer, DicomTag.FrameTime },
            { DicomTag.DiffusionBValue, 1000.0 },
            { DicomTag.ContentItemModifierSequence, new DicomDataset() },
        };
        DicomDataset inner = new() { { DicomTag.CodeValue, "1" }, { DicomTag.CodingSchemeDesignator, "DCM" } };
        dataset.Add(new DicomSequence(DicomTag.ConceptNameCodeSequence, inner, new DicomDataset { new DicomSequence(DicomTag.SourceImageSequence, inner) }));
        dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer([.. Enumerable.Range(0, 24).Select(i => (byte)i)])));
        return dataset;
    }

    /// <summary>A region of interest with two contours.</summary>
    public static DicomDataset StructureSet(DicomTransferSyntax syntax) => new(syntax)
    {
        { DicomTag.SOPClassUID, DicomUID.RTStructureSetStorage },
        { DicomTag.SOPInstanceUID, "1.2.3.5" },
        { DicomTag.StructureSetLabel, "RN" },
        { DicomTag.ReferencedFrameOfReferenceSequence, new DicomDataset { { DicomTag.FrameOfReferenceUID, "1.2.3.6" } } },
        {
            DicomTag.StructureSetROISequence,
            new DicomDataset { { DicomTag.ROINumber, "1" }, { DicomTag.ReferencedFrameOfReferenceUID, "1.2.3.6" }, { DicomTag.ROIName, "GTV" } }
        },
        {
            DicomTag.ROIContourSequence,
            new DicomDataset
            {
                { DicomTag.ROIDisplayColor, "255", "0", "0" },
                { DicomTag.ReferencedROINumber, "1" },
                { DicomTag.ContourSequence, Contour("0", "CLOSED_PLANAR"), Contour("1.5", "CLOSEDPLANAR_XOR") },
            }
        },
        { DicomTag.RTROIObservationsSequence, new DicomDataset { { DicomTag.ReferencedROINumber, "1" }, { DicomTag.RTROIInterpretedType, "GTV" } } },
    };

    /// <summary>Two frames of a binary segment, or a label map.</summary>
    public static DicomDataset Segmentation(DicomTransferSyntax syntax, string type)
    {
        DicomDataset dataset = new(syntax)
        {
            { DicomTag.SOPClassUID, DicomUID.SegmentationStorage },
            { DicomTag.SOPInstanceUID, "1.2.3.7" },
            { DicomTag.FrameOfReferenceUID, "1.2.3.6" },
            { DicomTag.SegmentationType, type },
            { DicomTag.MaximumFractionalValue, (ushort)255 },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.NumberOfFrames, "2" },
            { DicomTag.Rows, (ushort)5 },
            { DicomTag.Columns, (ushort)3 },
            { DicomTag.BitsAllocated, (ushort)(type == "BINARY" ? 1 : 8) },
            { DicomTag.BitsStored, (ushort)(type == "BINARY" ? 1 : 8) },
            { DicomTag.HighBit, (ushort)(type == "BINARY" ? 0 : 7) },
            { DicomTag.PixelRepresentation, (ushort)0 },
            { DicomTag.SegmentSequence, new DicomDataset { { DicomTag.SegmentNumber, (ushort)1 }, { DicomTag.SegmentLabel, "L" } } },
            {
                DicomTag.SharedFunctionalGroupsSequence,
                new DicomDataset
                {
                    { DicomTag.PlaneOrientationSequence, new DicomDataset { { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" } } },
                    {
                        DicomTag.PixelMeasuresSequence,
                        new DicomDataset { { DicomTag.PixelSpacing, "1", "1" }, { DicomTag.SliceThickness, "2" }, { DicomTag.SpacingBetweenSlices, "2" } }
                    },
                }
            },
            { DicomTag.PerFrameFunctionalGroupsSequence, Frame("0"), Frame("2") },
        };
        dataset.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(new byte[type == "BINARY" ? 4 : 30])));
        return dataset;
    }

    /// <summary>A data set as a file.</summary>
    public static byte[] File(DicomDataset dataset)
    {
        using MemoryStream stream = new();
        new DicomFile(dataset).Save(stream);
        return stream.ToArray();
    }

    private static DicomDataset Contour(string z, string type) => new()
    {
        { DicomTag.ContourGeometricType, type },
        { DicomTag.NumberOfContourPoints, "3" },
        { DicomTag.ContourData, "0", "0", z, "3", "0", z, "0", "3e0", z },
    };

    private static DicomDataset Frame(string z) => new()
    {
        { DicomTag.PlanePositionSequence, new DicomDataset { { DicomTag.ImagePositionPatient, "0", "0", z } } },
        { DicomTag.SegmentIdentificationSequence, new DicomDataset { { DicomTag.ReferencedSegmentNumber, (ushort)1 } } },
    };
}
