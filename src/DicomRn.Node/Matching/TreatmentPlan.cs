using System.Globalization;

namespace DicomRn.Node.Matching;

/// <summary>
/// The radiosurgery that an RT Plan prescribes (PS3.3 C.8.8.9, C.8.8.10, C.8.8.13), where it is that of a structure set's lesions and its date
/// says that it came before the images.
/// </summary>
/// <param name="Date">RT Plan Date: taken for the day of the radiosurgery.</param>
/// <param name="Fractions">Number of Fractions Planned of the one fraction group; null where there are several or it is not given.</param>
/// <param name="Doses">Target Prescription Dose of every target, Gy, with the ROI that it is for where that is named.</param>
internal sealed record TreatmentPlan(DateOnly Date, int? Fractions, IReadOnlyList<(double Gy, int? Roi)> Doses)
{
    private static readonly string[] NotForTreatment = ["VERIFICATION", "MACHINE_QA", "RESEARCH", "SERVICE"];

    /// <summary>The dose of a lesion: the plan's one prescription or, of several, that of the lesion's own ROI; null where that is not one.</summary>
    public double? DoseOf(int roi)
    {
        double[] all = [.. Doses.Select(d => d.Gy).Distinct()], own = [.. Doses.Where(d => d.Roi == roi).Select(d => d.Gy).Distinct()];
        return all.Length == 1 ? all[0] : own.Length == 1 ? own[0] : null;
    }

    /// <summary>The plan, or null where it says nothing of the lesions on the day of the images.</summary>
    /// <param name="plan">An RT Plan.</param>
    /// <param name="structureSetUid">SOP Instance UID of the lesions' structure set, which the plan must refer to.</param>
    /// <param name="imaged">Day of the images; a plan of a later day, or of none, is no plan of a radiosurgery before them.</param>
    public static TreatmentPlan? Of(DicomDataset plan, string structureSetUid, DateOnly imaged)
    {
        bool ofLesions = Items(plan, DicomTag.ReferencedStructureSetSequence)
            .Any(i => i.GetSingleValueOrDefault(DicomTag.ReferencedSOPInstanceUID, "") == structureSetUid);
        bool treats = Text(plan, DicomTag.ApprovalStatus) != "REJECTED" && !NotForTreatment.Contains(Text(plan, DicomTag.PlanIntent));
        if (!ofLesions || !treats || ImageDay.Parse(Text(plan, DicomTag.RTPlanDate)) is not { } date || date > imaged)
            return null;
        DicomDataset[] groups = [.. Items(plan, DicomTag.FractionGroupSequence)];
        return new TreatmentPlan(
            date,
            groups is [DicomDataset only] && Number(only, DicomTag.NumberOfFractionsPlanned) is >= 1 and <= 100 and { } fractions ? (int)fractions : null,
            [
                .. Items(plan, DicomTag.DoseReferenceSequence)
                    .Where(r => Text(r, DicomTag.DoseReferenceType) == "TARGET" && Number(r, DicomTag.TargetPrescriptionDose) > 0)
                    .Select(r => (Number(r, DicomTag.TargetPrescriptionDose)!.Value, (int?)Number(r, DicomTag.ReferencedROINumber))),
            ]);
    }

    private static IEnumerable<DicomDataset> Items(DicomDataset d, DicomTag tag) =>
        d.TryGetSequence(tag, out DicomSequence? sequence) ? sequence.Items : [];

    private static string Text(DicomDataset d, DicomTag tag) => d.TryGetString(tag, out string? text) ? text?.Trim() ?? "" : "";

    private static double? Number(DicomDataset d, DicomTag tag) =>
        double.TryParse(Text(d, tag), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
