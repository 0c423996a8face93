namespace DicomRn.Node.Administration.Settings;

/// <summary>The settings cannot be used; the message lists everything that is wrong with them.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<SettingError> Errors { get; }

    internal SettingsException(IReadOnlyList<SettingError> errors)
        : base(Describe(errors)) => Errors = errors;

    private static string Describe(IReadOnlyList<SettingError> errors) =>
        $"the configuration has {errors.Count} error{(errors.Count == 1 ? "" : "s")}:"
        + string.Concat(errors.Select(error => $"{Environment.NewLine}  {error}"));
}
