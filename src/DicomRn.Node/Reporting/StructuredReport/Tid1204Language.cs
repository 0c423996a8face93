namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1204, Language of Content Item and Descendants.</summary>
internal static class Tid1204Language
{
    /// <summary>English.</summary>
    public static ContentItem Item() => ContentItem.Code(ReportCodes.Language, ReportCodes.EnglishUnitedStates);
}
