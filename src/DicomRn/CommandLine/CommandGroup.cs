using System.CommandLine;

namespace DicomRn.CommandLine;

/// <summary>A command that only holds others, such as <c>phantom</c>.</summary>
internal sealed class CommandGroup(string name, string description) : Command(name, description);
