namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1002, Observer Context: the observer is a device.</summary>
internal static class Tid1002ObserverContext
{
    /// <summary>The observer type and the device.</summary>
    public static IEnumerable<ContentItem> Items() =>
        [ContentItem.Code(ReportCodes.ObserverType, ReportCodes.Device), .. Tid1004DeviceObserver.Items()];
}
