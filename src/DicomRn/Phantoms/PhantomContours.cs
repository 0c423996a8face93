namespace DicomRn.Phantoms;

/// <summary>Which contour objects a phantom study holds.</summary>
internal enum PhantomContours
{
    /// <summary>None: a study that cannot be answered.</summary>
    None,

    /// <summary>An RT Structure Set.</summary>
    RtStruct,

    /// <summary>A Segmentation.</summary>
    Seg,

    /// <summary>Both, of the same lesions.</summary>
    Both,
}
