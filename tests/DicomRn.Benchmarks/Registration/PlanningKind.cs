namespace DicomRn.Benchmarks.Registration;

/// <summary>What the planning image of a pair is.</summary>
internal enum PlanningKind
{
    /// <summary>T1 with contrast agent from another scanner, fewer lesions, and another bias field.</summary>
    EnhancedT1,

    /// <summary>T1 without contrast agent.</summary>
    NativeT1,

    /// <summary>CT, with the posts of a stereotactic frame and a couch.</summary>
    Ct,

    /// <summary>T1 that covers 80 mm of the head only.</summary>
    Slab,

    /// <summary>T1 without its face, between the bright rods of a stereotactic box.</summary>
    DefacedWithFiducials,
}
