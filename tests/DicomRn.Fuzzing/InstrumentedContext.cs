using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace DicomRn.Fuzzing;

/// <summary>
/// Loads this program once more beside instrumented copies of the assemblies under test, which count every branch they take.
/// SharpFuzz draws the numbers of the branches at random; the copies are kept beside the program, so that a campaign is repeated
/// exactly with the same build.
/// </summary>
internal sealed class InstrumentedContext : AssemblyLoadContext
{
    private static readonly string[] UnderTest = ["DicomRn.Dicom", "DicomRn.Imaging"];
    private readonly Dictionary<string, string> _paths;

    private InstrumentedContext(Dictionary<string, string> paths)
        : base("instrumented") => _paths = paths;

    /// <summary>Runs a campaign with coverage.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> RunAsync(CampaignOptions options, CancellationToken cancellationToken)
    {
        Assembly own = typeof(InstrumentedContext).Assembly;
        Dictionary<string, string> paths = UnderTest.ToDictionary(name => name, Instrument);
        paths[own.GetName().Name!] = own.Location;
        InstrumentedContext context = new(paths);
        MethodInfo run = context.LoadFromAssemblyPath(own.Location).GetType(typeof(CampaignRun).FullName!)!
            .GetMethod(nameof(CampaignRun.RunInstrumentedAsync))!;
        object?[] arguments =
            [options.Target, options.Executions, options.Seed, options.Corpus, options.Findings, Console.Out, cancellationToken];
        return (Task<int>)run.Invoke(null, arguments)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _paths.TryGetValue(assemblyName.Name!, out string? path) ? LoadFromAssemblyPath(path) : null;

    private static string Instrument(string name)
    {
        string source = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        string folder = Path.Combine(AppContext.BaseDirectory, "instrumented", Assembly.LoadFrom(source).ManifestModule.ModuleVersionId.ToString("N"));
        string copy = Path.Combine(folder, name + ".dll");
        if (File.Exists(copy))
            return copy;
        string unfinished = Directory.CreateDirectory(folder + ".new").FullName;
        File.Copy(source, Path.Combine(unfinished, name + ".dll"), overwrite: true);
        _ = Fuzzer.Instrument(Path.Combine(unfinished, name + ".dll"), IsUnderTest, Options.Value).Count();
        Directory.Move(unfinished, folder);
        return copy;
    }

    // The tables of the dictionary are data: their initialisers tell nothing of the input.
    private static bool IsUnderTest(string type) => !type.Contains("Dictionary", StringComparison.Ordinal);
}
