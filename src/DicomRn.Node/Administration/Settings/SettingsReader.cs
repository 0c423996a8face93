using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Administration.Settings;

/// <summary>
/// Reads a tree of settings into objects. Unlike the platform's binder it goes on after the first value that cannot be
/// read, and a key that no setting has is an error: a misspelt setting is never silently the default.
/// </summary>
internal sealed class SettingsReader(List<SettingError> errors)
{
    /// <summary>Reads what <paramref name="configuration"/> has under <paramref name="path"/> into a new object.</summary>
    public object ReadObject(IConfiguration configuration, Type type, string path, IReadOnlySet<string>? ignored = null)
    {
        object target = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> properties = type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection child in configuration.GetChildren())
        {
            string childPath = SettingErrors.Join(path, child.Key);
            if (properties.TryGetValue(child.Key, out PropertyInfo? property))
            {
                if (ReadValue(child, property.PropertyType, SettingErrors.Join(path, property.Name)) is { } value)
                    property.SetValue(target, value);
            }
            else if (ignored?.Contains(child.Key) != true)
            {
                errors.Add(new SettingError(
                    childPath, child.Value, "no such setting", string.Join(", ", properties.Values.Select(p => p.Name))));
            }
        }

        return target;
    }

    /// <summary>Validates an object and all settings below it.</summary>
    public void Validate(object settings, string path)
    {
        if (settings is IValidatedSettings validated)
            validated.Validate(new SettingErrors(errors, path));
        SettingAnnotations.Validate(settings, new SettingErrors(errors, path));
        foreach (PropertyInfo property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            string below = SettingErrors.Join(path, property.Name);
            object? value = property.GetValue(settings);
            if (value is IDictionary dictionary)
            {
                foreach (DictionaryEntry entry in dictionary)
                    if (IsObject(entry.Value?.GetType()))
                        Validate(entry.Value!, SettingErrors.Join(below, (string)entry.Key));
            }
            else if (IsObject(value?.GetType()))
            {
                Validate(value!, below);
            }
        }
    }

    private object? ReadValue(IConfigurationSection section, Type type, string path)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementType(plain, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)) is { } entryType)
            return ReadDictionary(section, entryType, path);
        if (ElementType(plain, typeof(IList<>), typeof(IReadOnlyList<>)) is { } itemType)
            return ReadList(section, plain, itemType, path);
        if (IsObject(plain))
            return ReadObject(section, plain, path);
        return section.Value is { } text && !(text.Length == 0 && plain != type) ? ReadScalar(text, plain, path) : null;
    }

    private object ReadDictionary(IConfigurationSection section, Type entryType, string path)
    {
        IDictionary dictionary = (IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(typeof(string), entryType), StringComparer.OrdinalIgnoreCase)!;
        foreach (IConfigurationSection child in section.GetChildren())
            if (ReadValue(child, entryType, SettingErrors.Join(path, child.Key)) is { } value)
                dictionary[child.Key] = value;
        return dictionary;
    }

    private object ReadList(IConfigurationSection section, Type type, Type itemType, string path)
    {
        IList items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        foreach (IConfigurationSection child in section.GetChildren())
            if (ReadValue(child, itemType, SettingErrors.Join(path, child.Key)) is { } value)
                items.Add(value);
        if (items.Count == 0 && !string.IsNullOrEmpty(section.Value))
            errors.Add(new SettingError(path, section.Value, "not a list", "a list"));
        if (!type.IsArray)
            return items;
        Array array = Array.CreateInstance(itemType, items.Count);
        items.CopyTo(array, 0);
        return array;
    }

    private object? ReadScalar(string text, Type type, string path)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        object? value = Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            _ when type.IsEnum => Enum.TryParse(type, text, ignoreCase: true, out object? named) && Enum.IsDefined(type, named) ? named : null,
            TypeCode.Boolean => bool.TryParse(text, out bool truth) ? truth : null,
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int number) ? number : null,
            TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long number) ? number : null,
            TypeCode.Double => double.TryParse(text, NumberStyles.Float, culture, out double number) ? number : null,
            TypeCode.Single => float.TryParse(text, NumberStyles.Float, culture, out float number) ? number : null,
            _ when type == typeof(TimeSpan) => TimeSpan.TryParse(text, culture, out TimeSpan span) ? span : null,
            _ => throw new NotSupportedException($"The setting {path} is of type {type}, which no text can be read into."),
        };
        if (value is null)
            errors.Add(new SettingError(path, text, "cannot be read", Describe(type)));
        return value;
    }

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "one of " + string.Join(", ", Enum.GetNames(type)),
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double or TypeCode.Single => "a number",
        _ => "a time span such as 00:01:30 or 2.00:00:00 (days.hours:minutes:seconds)",
    };

    private static bool IsObject(Type? type) =>
        type is { IsClass: true, IsArray: false } && type != typeof(string) && type.Namespace?.StartsWith(nameof(DicomRn), StringComparison.Ordinal) == true;

    private static Type? ElementType(Type type, params Type[] shapes) => shapes
        .SelectMany(shape => type.GetInterfaces().Append(type)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == shape)
            .Select(t => t.GetGenericArguments()[^1]))
        .FirstOrDefault(_ => type != typeof(string));
}
