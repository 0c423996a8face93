namespace DicomRn.Node.Pipeline;

/// <summary>What a result object is.</summary>
public enum ResultKind
{
    /// <summary>Structured Report.</summary>
    SR,

    /// <summary>Segmentation: the masks that the model saw.</summary>
    SEG,

    /// <summary>Secondary Capture: the attention overlay of one lesion.</summary>
    SC,

    /// <summary>Spatial Registration of the planning series, where contours were carried over by it.</summary>
    REG,
}
