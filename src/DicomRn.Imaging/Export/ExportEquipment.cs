namespace DicomRn.Imaging.Export;

/// <summary>The General Equipment Module (PS3.3 C.7.5.1) of exported objects.</summary>
public sealed record ExportEquipment
{
    /// <summary>Manufacturer.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Manufacturer's Model Name.</summary>
    public required string ModelName { get; init; }

    /// <summary>Device Serial Number.</summary>
    public required string DeviceSerialNumber { get; init; }

    /// <summary>Software Versions.</summary>
    public required string SoftwareVersions { get; init; }

    /// <summary>Institution Name; empty is left out.</summary>
    public string InstitutionName { get; init; } = "";
}
