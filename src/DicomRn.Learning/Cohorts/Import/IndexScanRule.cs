namespace DicomRn.Learning.Cohorts.Import;

/// <summary>Which segmented scan of a labelled lesion the question is asked of, where the data set does not say.</summary>
public enum IndexScanRule
{
    /// <summary>The last after the end of radiosurgery; where there is none, the last of all.</summary>
    LastAfterSrsElseLast,

    /// <summary>The last after the end of radiosurgery; lesions without such a scan get no label.</summary>
    LastAfterSrs,

    /// <summary>The first after the end of radiosurgery; lesions without such a scan get no label.</summary>
    FirstAfterSrs,

    /// <summary>The last of all.</summary>
    Last,
}
