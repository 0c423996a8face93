using System.Globalization;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Options of the long runs that are started by hand: environment variables, for the test runner has no arguments for tests.</summary>
internal static class RunOption
{
    /// <summary>A whole number, or the usual one.</summary>
    public static int Number(string variable, int usual) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : usual;

    /// <summary>Writes a line that is shown at once.</summary>
    public static void Tell(FormattableString line) =>
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(line));
}
