namespace DicomRn.Dicom;

/// <summary>What one often does with a data set.</summary>
public static class DicomDatasetExtensions
{
    /// <summary>A copy; the items of its sequences are copies too, value bytes are shared.</summary>
    public static DicomDataset Clone(this DicomDataset dataset) => dataset.Copy();

    /// <summary>The same data set, which no longer validates what is added.</summary>
    public static DicomDataset NotValidated(this DicomDataset dataset)
    {
        dataset.ValidateItems = false;
        return dataset;
    }

    /// <summary>The same data set, which validates what is added.</summary>
    public static DicomDataset Validated(this DicomDataset dataset)
    {
        dataset.ValidateItems = true;
        return dataset;
    }

    /// <summary>Copies all items into another data set, replacing those of the same tag.</summary>
    public static DicomDataset CopyTo(this DicomDataset source, DicomDataset destination)
    {
        foreach (DicomItem item in source)
            destination.AddOrUpdate(item.Copy());
        return destination;
    }

    /// <summary>Copies the items of some tags into another data set.</summary>
    public static DicomDataset CopyTo(this DicomDataset source, DicomDataset destination, params DicomTag[] tags)
    {
        foreach (DicomTag tag in tags)
        {
            if (source.Find(tag) is { } item)
                destination.AddOrUpdate(item.Copy());
        }

        return destination;
    }

    /// <summary>The items that a masked tag covers.</summary>
    public static IEnumerable<DicomItem> EnumerateMasked(this DicomDataset dataset, DicomMaskedTag mask) =>
        dataset.Where(x => mask.IsMatch(x.Tag));

    /// <summary>The items of a group.</summary>
    public static IEnumerable<DicomItem> EnumerateGroup(this DicomDataset dataset, ushort group) =>
        dataset.Where(x => x.Tag.Group == group && x.Tag.Element != 0);

    /// <summary>A date element and a time element as one; <see cref="DateTime.MinValue"/> where the date is missing.</summary>
    public static DateTime GetDateTime(this DicomDataset dataset, DicomTag date, DicomTag time)
    {
        if (dataset.GetDicomItem<DicomDate>(date) is not { Count: > 0 } day)
            return DateTime.MinValue;
        DateTime start = day.Get<DateTime>();
        return dataset.GetDicomItem<DicomTime>(time) is { Count: > 0 } clock ? start + clock.Get<DateTime>().TimeOfDay : start;
    }
}
