using System.Reflection;
using DicomRn.Imaging.Export;

namespace DicomRn.Node.Reporting;

/// <summary>
/// This program as the equipment that made the results, the same everywhere it is named: General Equipment,
/// Contributing Equipment, observer and algorithm (IHE AI Results 6.5.3.1).
/// </summary>
internal static class ProcessingDevice
{
    /// <summary>Manufacturer (0008,0070).</summary>
    public const string Manufacturer = "DicomRn";

    /// <summary>Manufacturer's Model Name (0008,1090).</summary>
    public const string ModelName = "DicomRn";

    /// <summary>Raised whenever the same inputs give other results, so that the results get other UIDs.</summary>
    public const string Revision = "1";

    /// <summary>Software Versions (0018,1020).</summary>
    public static readonly string SoftwareVersion =
        typeof(ProcessingDevice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Device UID (0018,1002): one per version of the program.</summary>
    public static readonly string Uid = DerivedUid.Of("device", Manufacturer, ModelName, SoftwareVersion);

    /// <summary>Device Serial Number (0018,1000).</summary>
    public static readonly string SerialNumber = SoftwareVersion;

    /// <summary>The same for exports.</summary>
    public static ExportEquipment Equipment => new()
    {
        Manufacturer = Manufacturer,
        ModelName = ModelName,
        DeviceSerialNumber = SerialNumber,
        SoftwareVersions = SoftwareVersion,
    };

    /// <summary>Whether a data set is a result of this program; its phantoms are not.</summary>
    public static bool Made(DicomDataset dataset) =>
        dataset.GetSingleValueOrDefault(DicomTag.Manufacturer, "") == Manufacturer
        && dataset.TryGetSequence(DicomTag.ContributingEquipmentSequence, out DicomSequence? equipment)
        && equipment.Items.Any(item => item.GetSingleValueOrDefault(DicomTag.ManufacturerModelName, "") == ModelName);

    /// <summary>General Equipment and Enhanced General Equipment (PS3.3 C.7.5).</summary>
    public static void WriteEquipment(DicomDataset target)
    {
        target.AddOrUpdate(DicomTag.Manufacturer, Manufacturer);
        target.AddOrUpdate(DicomTag.ManufacturerModelName, ModelName);
        target.AddOrUpdate(DicomTag.DeviceSerialNumber, SerialNumber);
        target.AddOrUpdate(DicomTag.SoftwareVersions, SoftwareVersion);
        target.AddOrUpdate(DicomTag.DeviceUID, Uid);
    }

    /// <summary>Contributing Equipment Sequence (PS3.3 C.12.1).</summary>
    public static void WriteContribution(DicomDataset target, DateTimeOffset at, string description)
    {
        target.AddOrUpdate(new DicomSequence(
            DicomTag.ContributingEquipmentSequence,
            new DicomDataset
            {
                ReportCodes.ProcessingEquipment.In(DicomTag.PurposeOfReferenceCodeSequence),
                { DicomTag.Manufacturer, Manufacturer },
                { DicomTag.ManufacturerModelName, ModelName },
                { DicomTag.DeviceSerialNumber, SerialNumber },
                { DicomTag.SoftwareVersions, SoftwareVersion },
                { DicomTag.DeviceUID, Uid },
                { DicomTag.ContributionDateTime, at.ToString("yyyyMMddHHmmsszzz", System.Globalization.CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal) },
                { DicomTag.ContributionDescription, description },
            }));
    }
}
