using DicomRn.Dicom.IO.Buffer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>MR instances made for sending.</summary>
internal static class Instances
{
    public static DicomFile Mr(int rows = 64, int columns = 64, DicomTransferSyntax? syntax = null)
    {
        byte[] pixels = new byte[2 * rows * columns];
        new Random(rows).NextBytes(pixels);
        DicomDataset dataset = new(syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, DicomUID.Generate() },
            { DicomTag.StudyInstanceUID, DicomUID.Generate() },
            { DicomTag.SeriesInstanceUID, DicomUID.Generate() },
            { DicomTag.PatientID, "P1" },
            { DicomTag.Modality, "MR" },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.Rows, (ushort)rows },
            { DicomTag.Columns, (ushort)columns },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)16 },
            { DicomTag.HighBit, (ushort)15 },
            { DicomTag.PixelRepresentation, (ushort)0 },
        };
        dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
        return new DicomFile(dataset);
    }

    public static string Save(this DicomFile file, TemporaryFolder folder)
    {
        string path = folder[$"{file.FileMetaInfo.MediaStorageSOPInstanceUID!.UID}.dcm"];
        file.Save(path);
        return path;
    }
}
