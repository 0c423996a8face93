namespace DicomRn.Dicom;

/// <summary>What a UID stands for (PS3.6 Annex A).</summary>
public enum DicomUidType
{
    /// <summary>A transfer syntax.</summary>
    TransferSyntax,

    /// <summary>A SOP class.</summary>
    SOPClass,

    /// <summary>A meta SOP class.</summary>
    MetaSOPClass,

    /// <summary>A service class.</summary>
    ServiceClass,

    /// <summary>A SOP instance.</summary>
    SOPInstance,

    /// <summary>An application context name.</summary>
    ApplicationContextName,

    /// <summary>An application hosting model.</summary>
    ApplicationHostingModel,

    /// <summary>A coding scheme.</summary>
    CodingScheme,

    /// <summary>A frame of reference.</summary>
    FrameOfReference,

    /// <summary>A synchronisation frame of reference.</summary>
    Synchronization,

    /// <summary>A mapping resource.</summary>
    MappingResource,

    /// <summary>A context group.</summary>
    ContextGroupName,

    /// <summary>An LDAP object identifier.</summary>
    LDAP,

    /// <summary>Not registered.</summary>
    Unknown,
}
