namespace DicomRn.Node.Pipeline;

/// <summary>A code of a coding scheme (PS3.3 Table 8.8-1).</summary>
/// <param name="Value">Code Value (0008,0100).</param>
/// <param name="Scheme">Coding Scheme Designator (0008,0102).</param>
/// <param name="Meaning">Code Meaning (0008,0104).</param>
public sealed record CodedConcept(string Value, string Scheme, string Meaning);
