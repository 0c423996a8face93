using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Export;

/// <summary>
/// Writes masks as the CLOSED_PLANAR contours of an RT Structure Set (PS3.3 A.19). Rasterising them again by pixel centres gives the masks
/// back exactly; holes are keyholes. Implicit VR, because contours may exceed the 65,534 bytes of an explicit length.
/// </summary>
public sealed record RtStructExport
{
    /// <summary>The images that the contours lie on.</summary>
    public required ImageSeries Images { get; init; }

    /// <summary>Patient.</summary>
    public required ExportPatient Patient { get; init; }

    /// <summary>Study of the structure set: usually that of the images.</summary>
    public required ExportStudy Study { get; init; }

    /// <summary>Series of the structure set; its own, not that of the images.</summary>
    public required ExportSeries Series { get; init; }

    /// <summary>The program that writes it.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Structure Set Label, up to 16 characters.</summary>
    public string Label { get; init; } = "CONTOURS";

    /// <summary>Numbered from 1 in this order.</summary>
    public required IReadOnlyList<RtExportRoi> Rois { get; init; }

    /// <summary>Writes the file.</summary>
    /// <exception cref="ArgumentException">A mask is not on the grid of the images.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ToDicomFile().SaveAsync(path);
    }

    /// <summary>Makes the object.</summary>
    /// <exception cref="ArgumentException">A mask is not on the grid of the images.</exception>
    public DicomFile ToDicomFile()
    {
        if (Rois.FirstOrDefault(r => !r.Mask.Geometry.Coincides(Images.Geometry)) is { } odd)
            throw new ArgumentException($"The mask of {odd.Name} is not on the grid of the images.");
        DicomDataset dataset = new(DicomTransferSyntax.ImplicitVRLittleEndian)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.SOPClassUID, DicomUID.RTStructureSetStorage },
            { DicomTag.SOPInstanceUID, SopInstanceUid },
        };
        dataset.AddPatient(Patient);
        dataset.AddStudy(Study);
        dataset.AddSeries("RTSTRUCT", Series);
        dataset.AddOrUpdate(DicomTag.OperatorsName, "");
        dataset.AddEquipment(Equipment);
        dataset.AddFrameOfReference(Images.FrameOfReferenceUid);
        dataset.AddOrUpdate(DicomTag.StructureSetLabel, Label);
        dataset.AddOrUpdate(DicomTag.StructureSetDate, ExportModules.Date(Series.Date));
        dataset.AddOrUpdate(DicomTag.StructureSetTime, ExportModules.Time(Series.Date));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.ReferencedFrameOfReferenceSequence, ReferencedImages()));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.StructureSetROISequence, [.. Rois.Select(Roi)]));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.ROIContourSequence, [.. Rois.Select((r, n) => RoiContours.Item(r, n + 1, Images))]));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.RTROIObservationsSequence, [.. Rois.Select(Observation)]));
        dataset.AddOrUpdate(DicomTag.ApprovalStatus, "UNAPPROVED");
        return new DicomFile(dataset);
    }

    private DicomDataset ReferencedImages()
    {
        DicomDataset series = new()
        {
            { DicomTag.SeriesInstanceUID, Images.SeriesInstanceUid },
            new DicomSequence(
                DicomTag.ContourImageSequence,
                [.. Images.Instances.Select(i => ExportModules.Reference(i.SopClassUid, i.SopInstanceUid))]),
        };

        // The standard retired this SOP class but still asks for it here (PS3.3 C.8.8.5).
        DicomDataset study = ExportModules.Reference("1.2.840.10008.3.1.2.3.1", Images.StudyInstanceUid);
        study.Add(new DicomSequence(DicomTag.RTReferencedSeriesSequence, series));
        return new DicomDataset
        {
            { DicomTag.FrameOfReferenceUID, Images.FrameOfReferenceUid },
            new DicomSequence(DicomTag.RTReferencedStudySequence, study),
        };
    }

    private DicomDataset Roi(RtExportRoi roi, int index) => new()
    {
        { DicomTag.ROINumber, index + 1 },
        { DicomTag.ReferencedFrameOfReferenceUID, Images.FrameOfReferenceUid },
        { DicomTag.ROIName, roi.Name },
        { DicomTag.ROIGenerationAlgorithm, "" },
    };

    private static DicomDataset Observation(RtExportRoi roi, int index) => new()
    {
        { DicomTag.ObservationNumber, index + 1 },
        { DicomTag.ReferencedROINumber, index + 1 },
        { DicomTag.RTROIInterpretedType, roi.InterpretedType },
        { DicomTag.ROIInterpreter, "" },
    };
}
