using System.Globalization;

namespace DicomRn.Benchmarks.Micro;

/// <summary>MR images of 256 × 256 pixels with a header as scanners write it, for benchmarks.</summary>
internal static class MrInstance
{
    private const int Size = 256;

    /// <summary>One image of a series.</summary>
    public static DicomFile Create(int number)
    {
        DicomDataset image = new(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 100" },
            { DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M", "NORM" },
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.826.0.1.3680043.2.1125.1." + Text(number) },
            { DicomTag.StudyDate, "20260105" },
            { DicomTag.StudyTime, "101500.000" },
            { DicomTag.AccessionNumber, "A1" },
            { DicomTag.Modality, "MR" },
            { DicomTag.Manufacturer, "None" },
            { DicomTag.StudyDescription, "Head" },
            { DicomTag.SeriesDescription, "t1 mprage post" },
            { DicomTag.PatientName, "Benchmark^One" },
            { DicomTag.PatientID, "BENCHMARK" },
            { DicomTag.PatientBirthDate, "19600101" },
            { DicomTag.PatientSex, "O" },
            { DicomTag.ScanningSequence, "GR" },
            { DicomTag.SequenceVariant, "MP" },
            { DicomTag.ScanOptions, "" },
            { DicomTag.MRAcquisitionType, "3D" },
            { DicomTag.SliceThickness, 1m },
            { DicomTag.RepetitionTime, 2200m },
            { DicomTag.EchoTime, 2.67m },
            { DicomTag.InversionTime, 900m },
            { DicomTag.MagneticFieldStrength, 3m },
            { DicomTag.EchoTrainLength, "1" },
            { DicomTag.PatientPosition, "HFS" },
            { DicomTag.StudyInstanceUID, "1.2.826.0.1.3680043.2.1125.2" },
            { DicomTag.SeriesInstanceUID, "1.2.826.0.1.3680043.2.1125.3" },
            { DicomTag.StudyID, "1" },
            { DicomTag.SeriesNumber, "3" },
            { DicomTag.InstanceNumber, Text(number) },
            { DicomTag.ImagePositionPatient, -128m, -128m, (decimal)number },
            { DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m, 0m },
            { DicomTag.FrameOfReferenceUID, "1.2.826.0.1.3680043.2.1125.4" },
            { DicomTag.PositionReferenceIndicator, "" },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.Rows, (ushort)Size },
            { DicomTag.Columns, (ushort)Size },
            { DicomTag.PixelSpacing, 1m, 1m },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)12 },
            { DicomTag.HighBit, (ushort)11 },
            { DicomTag.PixelRepresentation, (ushort)0 },
            { DicomTag.PixelData, Enumerable.Range(0, Size * Size).Select(n => (ushort)(n * number % 4096)).ToArray() },
        };
        return new DicomFile(image);
    }

    /// <summary>Writes a series and returns the paths of its files.</summary>
    public static IReadOnlyList<string> WriteSeries(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        List<string> files = [];
        for (int number = 1; number <= count; number++)
        {
            string path = Path.Combine(folder, $"IM{number:D4}.dcm");
            Create(number).Save(path);
            files.Add(path);
        }

        return files;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
