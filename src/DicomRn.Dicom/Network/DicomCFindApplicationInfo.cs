namespace DicomRn.Dicom.Network;

/// <summary>Extended negotiation of the query SOP classes (PS3.4 C.5.1.1, K.5).</summary>
public class DicomCFindApplicationInfo : DicomServiceApplicationInfo
{
    /// <summary>No relational queries.</summary>
    public DicomCFindApplicationInfo() => RelationalQueries = false;

    /// <summary>Fields as they come in the sub-item.</summary>
    public DicomCFindApplicationInfo(byte[] rawApplicationInfo)
        : base(rawApplicationInfo)
    {
    }

    /// <summary>All five fields.</summary>
    public DicomCFindApplicationInfo(DicomCFindOption options)
    {
        RelationalQueries = options.HasFlag(DicomCFindOption.RelationalQueries);
        DateTimeMatching = options.HasFlag(DicomCFindOption.DateTimeMatching);
        FuzzySemanticMatching = options.HasFlag(DicomCFindOption.FuzzySemanticMatching);
        TimezoneQueryAdjustment = options.HasFlag(DicomCFindOption.TimezoneQueryAdjustment);
        EnhancedMultiFrameImageConversion = options.HasFlag(DicomCFindOption.EnhancedMultiFrameImageConversion);
    }

    /// <summary>Field 1: keys of any level at any level.</summary>
    public bool RelationalQueries
    {
        get => GetValueAsBoolean(1, false);
        set => AddOrUpdate(1, value);
    }

    /// <summary>Field 2: date and time matched as one.</summary>
    public bool DateTimeMatching
    {
        get => GetValueAsBoolean(2, false);
        set => AddOrUpdate(2, value);
    }

    /// <summary>Field 3: fuzzy semantic matching of person names.</summary>
    public bool FuzzySemanticMatching
    {
        get => GetValueAsBoolean(3, false);
        set => AddOrUpdate(3, value);
    }

    /// <summary>Field 4: times adjusted to the query's time zone.</summary>
    public bool TimezoneQueryAdjustment
    {
        get => GetValueAsBoolean(4, false);
        set => AddOrUpdate(4, value);
    }

    /// <summary>Field 5: the Query/Retrieve View of enhanced multi-frame images.</summary>
    public bool EnhancedMultiFrameImageConversion
    {
        get => GetValueAsBoolean(5, false);
        set => AddOrUpdate(5, value);
    }

    /// <summary>For a modality worklist query, whose first two fields are 1 (PS3.4 K.5.1.1).</summary>
    public static DicomCFindApplicationInfo CreateForWorklistQuery(bool fuzzySemanticMatching, bool timezoneQueryAdjustment) => new()
    {
        RelationalQueries = true,
        DateTimeMatching = true,
        FuzzySemanticMatching = fuzzySemanticMatching,
        TimezoneQueryAdjustment = timezoneQueryAdjustment,
    };
}
