namespace DicomRn.Node.Administration.Settings;

/// <summary>A section of the settings that knows what it allows.</summary>
public interface IValidatedSettings
{
    /// <summary>Notes everything that is wrong.</summary>
    void Validate(SettingErrors errors);
}
