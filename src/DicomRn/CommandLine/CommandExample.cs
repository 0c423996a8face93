namespace DicomRn.CommandLine;

/// <summary>A line of the examples in <c>--help</c>.</summary>
/// <param name="CommandLine">What to type after <c>dicomrn</c>.</param>
/// <param name="Purpose">What it does, in a few words.</param>
internal sealed record CommandExample(string CommandLine, string Purpose);
