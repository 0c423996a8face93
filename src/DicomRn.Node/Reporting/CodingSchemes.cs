using DicomRn.Imaging.Export;
namespace DicomRn.Node.Reporting;

/// <summary>Coding Scheme Identification Sequence (PS3.3 C.12.1.1.17) for the private codes.</summary>
internal static class CodingSchemes
{
    private static readonly string Uid = DerivedUid.Of("coding scheme", ReportCodes.PrivateScheme);

    /// <summary>Declares the private scheme.</summary>
    public static void Write(DicomDataset target) => target.AddOrUpdate(new DicomSequence(
        DicomTag.CodingSchemeIdentificationSequence,
        new DicomDataset
        {
            { DicomTag.CodingSchemeDesignator, ReportCodes.PrivateScheme },
            { DicomTag.CodingSchemeUID, Uid },
            { DicomTag.CodingSchemeName, "DicomRn private codes" },
            { DicomTag.CodingSchemeResponsibleOrganization, ProcessingDevice.Manufacturer },
        }));
}
