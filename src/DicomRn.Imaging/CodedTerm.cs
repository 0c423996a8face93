namespace DicomRn.Imaging;

/// <summary>A code of a coding scheme (PS3.3 8.8).</summary>
/// <param name="Value">Code Value, up to 16 characters.</param>
/// <param name="Scheme">Coding Scheme Designator, such as SCT or DCM.</param>
/// <param name="Meaning">Code Meaning, up to 64 characters.</param>
public sealed record CodedTerm(string Value, string Scheme, string Meaning);
