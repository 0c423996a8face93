namespace DicomRn.Imaging.Export;

/// <summary>MR Image and Contrast/Bolus Modules (PS3.3 C.8.3.1, C.7.6.4).</summary>
internal static class MrModule
{
    public static void Add(DicomDataset dataset, MrAcquisition acquisition)
    {
        dataset.AddOrUpdate(DicomTag.ScanningSequence, [.. acquisition.ScanningSequence]);
        dataset.AddOrUpdate(DicomTag.SequenceVariant, [.. acquisition.SequenceVariant]);
        dataset.AddOrUpdate(DicomTag.ScanOptions, "");
        dataset.AddOrUpdate(DicomTag.MRAcquisitionType, acquisition.AcquisitionType);
        dataset.AddUnlessEmpty(DicomTag.SequenceName, acquisition.SequenceName);
        dataset.AddOrUpdate(DicomTag.RepetitionTime, DecimalText.Of(acquisition.RepetitionTime.TotalMilliseconds));
        dataset.AddOrUpdate(DicomTag.EchoTime, DecimalText.Of(acquisition.EchoTime.TotalMilliseconds));
        dataset.AddOrUpdate(DicomTag.EchoTrainLength, acquisition.EchoTrainLength);
        if (acquisition.InversionTime is { } inversion)
            dataset.AddOrUpdate(DicomTag.InversionTime, DecimalText.Of(inversion.TotalMilliseconds));
        else if (acquisition.ScanningSequence.Contains("IR"))
            dataset.AddOrUpdate(DicomTag.InversionTime, "");
        dataset.AddOrUpdate(DicomTag.FlipAngle, DecimalText.Of(acquisition.FlipAngle));
        dataset.AddOrUpdate(DicomTag.MagneticFieldStrength, DecimalText.Of(acquisition.FieldStrength));
        if (acquisition.ContrastAgent is { } agent)
            dataset.AddOrUpdate(DicomTag.ContrastBolusAgent, agent);
    }
}
