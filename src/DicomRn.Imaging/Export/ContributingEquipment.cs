namespace DicomRn.Imaging.Export;

/// <summary>An item of Contributing Equipment Sequence (0018,A001; PS3.3 C.12.1).</summary>
public sealed record ContributingEquipment
{
    /// <summary>What it did, such as (109102, DCM, "Processing Equipment").</summary>
    public CodedTerm Purpose { get; init; } = new("109102", "DCM", "Processing Equipment");

    /// <summary>The equipment.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>Device UID (0018,1002); empty is left out.</summary>
    public string DeviceUid { get; init; } = "";

    /// <summary>Contribution Description; empty is left out.</summary>
    public string Description { get; init; } = "";

    internal DicomDataset ToDataset()
    {
        DicomDataset item = new();
        item.AddOrUpdate(DicomTag.Manufacturer, Equipment.Manufacturer);
        item.AddUnlessEmpty(DicomTag.InstitutionName, Equipment.InstitutionName);
        item.AddOrUpdate(DicomTag.ManufacturerModelName, Equipment.ModelName);
        item.AddOrUpdate(DicomTag.DeviceSerialNumber, Equipment.DeviceSerialNumber);
        item.AddOrUpdate(DicomTag.SoftwareVersions, Equipment.SoftwareVersions);
        item.AddUnlessEmpty(DicomTag.DeviceUID, DeviceUid);
        item.AddUnlessEmpty(DicomTag.ContributionDescription, Description);
        item.AddCode(DicomTag.PurposeOfReferenceCodeSequence, Purpose);
        return item;
    }
}
