using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>Codes as items of code sequences (PS3.3 8.8).</summary>
internal static class CodedConceptDataset
{
    /// <summary>The code as an item.</summary>
    public static DicomDataset ToItem(this CodedConcept code) => new()
    {
        { DicomTag.CodeValue, code.Value },
        { DicomTag.CodingSchemeDesignator, code.Scheme },
        { DicomTag.CodeMeaning, code.Meaning },
    };

    /// <summary>A sequence of one code.</summary>
    public static DicomSequence In(this CodedConcept code, DicomTag tag) => new(tag, code.ToItem());
}
