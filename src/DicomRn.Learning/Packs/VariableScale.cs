namespace DicomRn.Learning.Packs;

/// <summary>What a measured variable is standardised as.</summary>
public enum VariableScale
{
    /// <summary>Itself.</summary>
    Linear,

    /// <summary>Its natural logarithm.</summary>
    Log,

    /// <summary>The natural logarithm of one more than it, 0 where it is negative.</summary>
    LogOnePlus,
}
