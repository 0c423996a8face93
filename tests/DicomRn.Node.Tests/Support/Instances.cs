namespace DicomRn.Node.Tests.Support;

/// <summary>Small instances that never were a patient's.</summary>
internal static class Instances
{
    public const string Study = "1.2.826.0.1.3680043.2.1.7";
    public const string Series = Study + ".1";

    /// <summary>An MR instance.</summary>
    public static DicomFile Mr(string sop, string comment = "", int pixelBytes = 512, string patientId = "TEST")
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, sop },
            { DicomTag.StudyInstanceUID, Study },
            { DicomTag.SeriesInstanceUID, Series },
            { DicomTag.PatientID, patientId },
            { DicomTag.ImageComments, comment },
            { DicomTag.Modality, "MR" },
        };
        dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[pixelBytes])));
        return new DicomFile(dataset);
    }

    /// <summary>Writes a result object and returns its path.</summary>
    public static async Task<string> WriteResultAsync(NodeFolder folder, string sop)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage },
            { DicomTag.SOPInstanceUID, sop },
            { DicomTag.StudyInstanceUID, Study },
            { DicomTag.SeriesInstanceUID, Study + ".9" },
            { DicomTag.Modality, "OT" },
        };
        string path = Path.Combine(folder.Path, sop + ".dcm");
        await new DicomFile(dataset).SaveAsync(path);
        return path;
    }
}
