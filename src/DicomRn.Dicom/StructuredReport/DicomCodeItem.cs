namespace DicomRn.Dicom.StructuredReport;

/// <summary>A coded concept: the item of a code sequence (PS3.3 8.8). Equal are those of one code, whatever they call it.</summary>
public class DicomCodeItem : DicomDataset
{
    /// <summary>The concept that a data set names.</summary>
    public DicomCodeItem(DicomDataset dataset)
        : base(dataset)
    {
    }

    /// <summary>The first concept of a code sequence.</summary>
    /// <exception cref="DicomDataException">It has none.</exception>
    public DicomCodeItem(DicomSequence sequence)
        : this(FirstOf(sequence))
    {
    }

    /// <summary>A concept.</summary>
    /// <param name="value">Code Value (0008,0100), at most 16 characters.</param>
    /// <param name="scheme">Coding Scheme Designator (0008,0102), such as SCT or DCM.</param>
    /// <param name="meaning">Code Meaning (0008,0104).</param>
    /// <param name="version">Coding Scheme Version (0008,0103), where the designator alone does not tell.</param>
    /// <exception cref="DicomValidationException">One does not fit its element.</exception>
    public DicomCodeItem(string value, string scheme, string meaning, string? version = null)
    {
        Add(DicomTag.CodeValue, value);
        Add(DicomTag.CodingSchemeDesignator, scheme);
        Add(DicomTag.CodeMeaning, meaning);
        if (version is not null)
            Add(DicomTag.CodingSchemeVersion, version);
    }

    /// <summary>Code Value; empty where it is missing.</summary>
    public string Value => Text(DicomTag.CodeValue);

    /// <summary>Coding Scheme Designator; empty where it is missing.</summary>
    public string Scheme => Text(DicomTag.CodingSchemeDesignator);

    /// <summary>Code Meaning; empty where it is missing.</summary>
    public string Meaning => Text(DicomTag.CodeMeaning);

    /// <summary>Coding Scheme Version; empty where it is missing.</summary>
    public string Version => Text(DicomTag.CodingSchemeVersion);

    /// <inheritdoc />
    public override bool Equals(object? obj) =>
        obj is DicomCodeItem other && Value == other.Value && Scheme == other.Scheme && Version == other.Version;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Value, Scheme, Version);

    /// <inheritdoc />
    public override string ToString() => Version.Length > 0
        ? $"({Value},{Scheme}:{Version},\"{Meaning}\")"
        : $"({Value},{Scheme},\"{Meaning}\")";

    /// <summary>Whether both are the same code.</summary>
    public static bool operator ==(DicomCodeItem? a, DicomCodeItem? b) => Equals(a, b);

    /// <summary>Whether they are different codes.</summary>
    public static bool operator !=(DicomCodeItem? a, DicomCodeItem? b) => !Equals(a, b);

    private static DicomDataset FirstOf(DicomSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return sequence.Items.Count > 0 ? sequence.Items[0] : throw new DicomDataException($"{sequence.Tag} has no item with a code.");
    }

    private string Text(DicomTag tag) => GetValueOrDefault(tag, 0, "") ?? "";
}
