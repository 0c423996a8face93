namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1004, Device Observer Identifying Attributes.</summary>
internal static class Tid1004DeviceObserver
{
    /// <summary>This program.</summary>
    public static IEnumerable<ContentItem> Items() =>
    [
        ContentItem.UidReference(ReportCodes.DeviceObserverUid, ProcessingDevice.Uid),
        ContentItem.Text(ReportCodes.DeviceObserverName, ProcessingDevice.ModelName),
        ContentItem.Text(ReportCodes.DeviceObserverManufacturer, ProcessingDevice.Manufacturer),
        ContentItem.Text(ReportCodes.DeviceObserverModelName, ProcessingDevice.ModelName),
        ContentItem.Text(ReportCodes.DeviceObserverSerialNumber, ProcessingDevice.SerialNumber),
    ];
}
