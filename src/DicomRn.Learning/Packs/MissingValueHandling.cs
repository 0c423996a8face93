namespace DicomRn.Learning.Packs;

/// <summary>What a missing clinical value becomes.</summary>
public enum MissingValueHandling
{
    /// <summary>
    /// A state of its own: of a measured variable a second number is 1 and the first 0, of a category the last number is 1 and the others
    /// 0. Nothing is imputed.
    /// </summary>
    OwnState,
}
