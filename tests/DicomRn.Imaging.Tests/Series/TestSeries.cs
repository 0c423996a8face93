using System.Globalization;

namespace DicomRn.Imaging.Tests.Series;

/// <summary>Small MR series made in memory: 2×2 pixels, axial, 3 mm apart.</summary>
internal static class TestSeries
{
    public static DicomDataset[] Slices(int count, Action<DicomDataset>? change = null) =>
        [.. Enumerable.Range(0, count).Select(k =>
        {
            DicomDataset dataset = new()
            {
                { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
                { DicomTag.SOPInstanceUID, string.Create(CultureInfo.InvariantCulture, $"1.2.3.4.{k + 1}") },
                { DicomTag.StudyInstanceUID, "1.2.3.1" },
                { DicomTag.SeriesInstanceUID, "1.2.3.2" },
                { DicomTag.FrameOfReferenceUID, "1.2.3.3" },
                { DicomTag.Modality, "MR" },
                { DicomTag.InstanceNumber, 100 - k },
                { DicomTag.SamplesPerPixel, (ushort)1 },
                { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
                { DicomTag.Rows, (ushort)2 },
                { DicomTag.Columns, (ushort)2 },
                { DicomTag.BitsAllocated, (ushort)16 },
                { DicomTag.BitsStored, (ushort)16 },
                { DicomTag.HighBit, (ushort)15 },
                { DicomTag.PixelRepresentation, (ushort)0 },
                { DicomTag.PixelSpacing, 1m, 1m },
                { DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m, 0m },
                { DicomTag.ImagePositionPatient, -10m, -10m, 3m * k },
            };
            SetPixels(dataset, [1, 2, 3, 4]);
            change?.Invoke(dataset);
            return dataset;
        })];

    public static void SetPixels(DicomDataset dataset, ushort[] pixels) =>
        dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, pixels));
}
