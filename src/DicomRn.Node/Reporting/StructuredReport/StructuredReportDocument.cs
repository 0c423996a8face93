using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// A Comprehensive 3D SR object (PS3.3 A.35.13): the common modules, the SR document modules (C.17.1 to C.17.3) and the
/// content tree of TID 1500.
/// </summary>
internal sealed record StructuredReportDocument
{
    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Series Number.</summary>
    public required int SeriesNumber { get; init; }

    /// <summary>Series Description.</summary>
    public required string SeriesDescription { get; init; }

    /// <summary>What the content tree says.</summary>
    public required MeasurementReport Report { get; init; }

    /// <summary>The images that were read and the objects made from them, for Current Requested Procedure Evidence Sequence.</summary>
    public required IReadOnlyList<InstanceReference> Evidence { get; init; }

    /// <summary>Planning objects, for Pertinent Other Evidence Sequence.</summary>
    public IReadOnlyList<InstanceReference> OtherEvidence { get; init; } = [];

    /// <summary>Reports that this one replaces, for Predecessor Documents Sequence.</summary>
    public IReadOnlyList<InstanceReference> Predecessors { get; init; } = [];

    /// <summary>The object.</summary>
    public DicomDataset ToDataset(ResultHeader header)
    {
        DicomDataset d = header.Begin(
            ResultClasses.Of(ResultKind.SR), SopInstanceUid, SeriesInstanceUid, "SR", SeriesNumber, SeriesDescription);
        d.AddOrUpdate(new DicomSequence(DicomTag.ReferencedPerformedProcedureStepSequence));
        d.AddOrUpdate(new DicomSequence(DicomTag.PerformedProcedureCodeSequence));
        d.AddOrUpdate(DicomTag.CompletionFlag, "COMPLETE");
        d.AddOrUpdate(DicomTag.VerificationFlag, "UNVERIFIED");
        d.AddOrUpdate(DicomTag.PreliminaryFlag, "PRELIMINARY");
        d.AddOrUpdate(EvidenceSequence.Of(DicomTag.CurrentRequestedProcedureEvidenceSequence, Evidence));
        if (OtherEvidence.Count > 0)
            d.AddOrUpdate(EvidenceSequence.Of(DicomTag.PertinentOtherEvidenceSequence, OtherEvidence));
        if (Predecessors.Count > 0)
            d.AddOrUpdate(EvidenceSequence.Of(DicomTag.PredecessorDocumentsSequence, Predecessors));
        d.AddOrUpdate(new DicomSequence(
            DicomTag.ContentTemplateSequence,
            new DicomDataset { { DicomTag.MappingResource, "DCMR" }, { DicomTag.TemplateIdentifier, "1500" } }));
        Tid1500MeasurementReport.Item(Report).WriteTo(d);
        return d;
    }
}
