using System.Globalization;

namespace DicomRn.Node.Administration.Settings;

/// <summary>Collects what is wrong with a section of the settings, so that all of it can be told at once.</summary>
public sealed class SettingErrors
{
    private readonly List<SettingError> _errors;
    private readonly string _path;

    internal SettingErrors(List<SettingError> errors, string path)
    {
        _errors = errors;
        _path = path;
    }

    /// <summary>Notes an error.</summary>
    /// <param name="setting">Name of the setting, relative to the section.</param>
    /// <param name="value">What it is set to.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="allowed">What may stand there.</param>
    public void Add(string setting, object? value, string reason, string allowed) => _errors.Add(new SettingError(
        Join(_path, setting), value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture), reason, allowed));

    /// <summary>Notes an error unless <paramref name="minimum"/> ≤ <paramref name="value"/> ≤ <paramref name="maximum"/>.</summary>
    public void RequireRange<T>(string setting, T value, T minimum, T maximum)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            Add(setting, value, "out of range", string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}"));
    }

    /// <summary>Notes an error unless the value is an AE title (PS3.5 6.2, VR AE).</summary>
    public void RequireAeTitle(string setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > 16 || value.Any(c => c is < ' ' or > '~' or '\\'))
            Add(setting, value, "not an AE title", "1 to 16 printable ASCII characters without backslash");
    }

    /// <summary>Notes an error if there is a path and no file there.</summary>
    public void RequireFile(string setting, string? path)
    {
        if (!string.IsNullOrEmpty(path) && !System.IO.File.Exists(path))
            Add(setting, path, "no such file, or it cannot be seen", "a file that the program may read");
    }

    /// <summary>The collector of a part of the section.</summary>
    public SettingErrors Of(string part) => new(_errors, Join(_path, part));

    internal static string Join(string path, string setting) => path.Length == 0 ? setting : $"{path}:{setting}";
}
