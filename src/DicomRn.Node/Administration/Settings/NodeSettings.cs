using System.Collections.Frozen;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Assembly;
using DicomRn.Node.Classification;
using DicomRn.Node.Delivery;
using DicomRn.Node.Fetching;
using DicomRn.Node.Matching;
using DicomRn.Node.Receiving;
using DicomRn.Node.Reporting;
using DicomRn.Node.State;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Administration.Settings;

/// <summary>All settings of a node; the properties are the sections of <c>appsettings.json</c>, where each is explained.</summary>
public sealed class NodeSettings : IValidatedSettings
{
    private const string VariablePrefix = "DICOMRN_";

    // Read by the platform's logging, which has no fixed set of keys.
    private static readonly FrozenSet<string> OtherSections = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Logging");

    /// <summary>Who the node is, and whom it knows.</summary>
    public NodeOptions Node { get; set; } = new();

    /// <summary>Where the state is kept, and how several nodes share its work.</summary>
    public StateOptions State { get; set; } = new();

    /// <summary>How instances are received.</summary>
    public ReceivingOptions Receiving { get; set; } = new();

    /// <summary>When a study counts as complete, and how often its processing is tried.</summary>
    public AssemblyOptions Assembly { get; set; } = new();

    /// <summary>How what a study lacks is fetched from peers.</summary>
    public FetchingOptions Fetching { get; set; } = new();

    /// <summary>How results are sent.</summary>
    public DeliveryOptions Delivery { get; set; } = new();

    /// <summary>How the T1CE series and the lesions are found.</summary>
    public MatchingOptions Matching { get; set; } = new();

    /// <summary>Which model answers, and how its probability becomes a class.</summary>
    public ClassificationOptions Classification { get; set; } = new();

    /// <summary>Where and how the model runs.</summary>
    public InferenceOptions Inference { get; set; } = new();

    /// <summary>Which objects are written.</summary>
    public ReportingOptions Reporting { get; set; } = new();

    /// <summary>How the node is looked after.</summary>
    public AdministrationOptions Administration { get; set; } = new();

    /// <summary>What is deleted by itself, and when.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>Reads and validates the settings.</summary>
    /// <exception cref="SettingsException">Something is wrong with them; the message lists all of it.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        List<SettingError> errors = [];
        SettingsReader reader = new(errors);
        NodeSettings settings = (NodeSettings)reader.ReadObject(configuration, typeof(NodeSettings), "", OtherSections);
        reader.Validate(settings, "");
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        RouteValidation.Validate(Delivery.Routes, Node, errors.Of("Delivery:Routes"));
        Fetching.Validate(Node, errors.Of(nameof(Fetching)));
    }

    /// <summary>
    /// Adds the usual sources, later ones before earlier ones: a JSON file (with comments), environment variables
    /// (<c>DICOMRN_Node__Port=104</c>) and single values.
    /// </summary>
    /// <param name="builder">Where to add them.</param>
    /// <param name="file">A JSON file that must exist; null for none.</param>
    /// <param name="values">Values by their path, as in <c>Node:Port</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static void AddSources(
        IConfigurationBuilder builder, string? file, IEnumerable<KeyValuePair<string, string?>>? values = null)
    {
        if (file is not null)
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        builder.AddInMemoryCollection(Variables());
        if (values is not null)
            builder.AddInMemoryCollection(values);
    }

    // Only names with a section: others with the prefix are no settings.
    private static IEnumerable<KeyValuePair<string, string?>> Variables()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase) && name.Contains("__", StringComparison.Ordinal))
                yield return new(
                    name[VariablePrefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
                    (string?)variable.Value);
        }
    }
}
