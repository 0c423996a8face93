namespace DicomRn.Dicom;

/// <summary>The identification string by which a block of private elements is reserved (PS3.5 7.8.1).</summary>
public sealed class DicomPrivateCreator : IEquatable<DicomPrivateCreator>, IComparable<DicomPrivateCreator>
{
    internal DicomPrivateCreator(string creator) => Creator = creator;

    /// <summary>The identification string, without padding.</summary>
    public string Creator { get; }

    /// <inheritdoc />
    public int CompareTo(DicomPrivateCreator? other) => string.CompareOrdinal(Creator, other?.Creator);

    /// <inheritdoc />
    public bool Equals(DicomPrivateCreator? other) => other is not null && Creator == other.Creator;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DicomPrivateCreator);

    /// <inheritdoc />
    public override int GetHashCode() => Creator.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Creator;

    /// <summary>Whether both are the same creator.</summary>
    public static bool operator ==(DicomPrivateCreator? left, DicomPrivateCreator? right) => Equals(left, right);

    /// <summary>Whether they are different creators.</summary>
    public static bool operator !=(DicomPrivateCreator? left, DicomPrivateCreator? right) => !Equals(left, right);

    /// <summary>Ordinal order.</summary>
    public static bool operator <(DicomPrivateCreator? left, DicomPrivateCreator? right) =>
        string.CompareOrdinal(left?.Creator, right?.Creator) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(DicomPrivateCreator? left, DicomPrivateCreator? right) => !(right < left);

    /// <summary>Ordinal order.</summary>
    public static bool operator >(DicomPrivateCreator? left, DicomPrivateCreator? right) => right < left;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(DicomPrivateCreator? left, DicomPrivateCreator? right) => !(left < right);
}
