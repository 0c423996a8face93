namespace DicomRn.Node.Administration.Settings;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Path">The setting, as in <c>Node:Peers:PACS:Port</c>.</param>
/// <param name="Value">What it is set to; null where it is missing.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record SettingError(string Path, string? Value, string Reason, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Path}{(Value is null ? "" : $" = '{Value}'")}: {Reason}; allowed: {Allowed}";
}
