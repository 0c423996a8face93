namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>How an SR content item relates to its parent (PS3.3 C.17.3.2.4).</summary>
internal enum Relationship
{
    /// <summary>CONTAINS.</summary>
    Contains,

    /// <summary>HAS OBS CONTEXT.</summary>
    HasObservationContext,

    /// <summary>HAS ACQ CONTEXT.</summary>
    HasAcquisitionContext,

    /// <summary>HAS CONCEPT MOD.</summary>
    HasConceptModifier,

    /// <summary>HAS PROPERTIES.</summary>
    HasProperties,

    /// <summary>INFERRED FROM.</summary>
    InferredFrom,

    /// <summary>SELECTED FROM.</summary>
    SelectedFrom,
}

/// <summary>The defined terms of <see cref="Relationship"/>.</summary>
internal static class RelationshipTerms
{
    /// <summary>The value of Relationship Type (0040,A010).</summary>
    public static string DefinedTerm(this Relationship relationship) => relationship switch
    {
        Relationship.Contains => "CONTAINS",
        Relationship.HasObservationContext => "HAS OBS CONTEXT",
        Relationship.HasAcquisitionContext => "HAS ACQ CONTEXT",
        Relationship.HasConceptModifier => "HAS CONCEPT MOD",
        Relationship.HasProperties => "HAS PROPERTIES",
        Relationship.InferredFrom => "INFERRED FROM",
        Relationship.SelectedFrom => "SELECTED FROM",
        _ => throw new ArgumentOutOfRangeException(nameof(relationship)),
    };
}
