using System.Collections;

namespace DicomRn.Dicom.Network;

/// <summary>
/// The service-class-application-information of SOP class extended negotiation (PS3.7 D.3.3.5): bytes that each service class
/// gives its own meaning, numbered from one without gaps.
/// </summary>
public class DicomServiceApplicationInfo : IEnumerable<KeyValuePair<byte, byte>>
{
    private readonly List<byte> _fields;

    /// <summary>No fields.</summary>
    public DicomServiceApplicationInfo() => _fields = [];

    /// <summary>Fields as they come in the sub-item.</summary>
    /// <exception cref="ArgumentException">There are more than 255.</exception>
    public DicomServiceApplicationInfo(byte[] rawApplicationInfo)
    {
        ArgumentNullException.ThrowIfNull(rawApplicationInfo);
        if (rawApplicationInfo.Length > byte.MaxValue)
            throw new ArgumentException($"{rawApplicationInfo.Length} fields where 255 can be numbered.", nameof(rawApplicationInfo));
        _fields = [.. rawApplicationInfo];
    }

    /// <summary>Makes the application information of a SOP class; may return null for the default.</summary>
    public delegate DicomServiceApplicationInfo? CreateApplicationInfoDelegate(DicomUID sopClass, byte[] rawApplicationInfo);

    /// <summary>Makes the application information of SOP classes in place of the default of <see cref="Create"/>.</summary>
    public static CreateApplicationInfoDelegate? OnCreateApplicationInfo { get; set; }

    /// <summary>How many fields there are.</summary>
    public int Count => _fields.Count;

    /// <summary>A field by its number, which begins at 1. Setting one beyond the last fills the gap with zeros.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public byte this[byte index]
    {
        get => Contains(index) ? _fields[index - 1] : throw new KeyNotFoundException($"There is no field {index}, only {Count}.");
        protected set
        {
            ArgumentOutOfRangeException.ThrowIfZero(index);
            while (_fields.Count < index)
                _fields.Add(0);
            _fields[index - 1] = value;
        }
    }

    /// <summary>The application information of a SOP class, of the type that its service class has.</summary>
    public static DicomServiceApplicationInfo Create(DicomUID sopClass, byte[] rawApplicationInfo)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        if (OnCreateApplicationInfo is { } create)
            return create(sopClass, rawApplicationInfo) ?? new DicomServiceApplicationInfo(rawApplicationInfo);
        if (sopClass.StorageCategory != DicomStorageCategory.None)
            return new DicomCStoreApplicationInfo(rawApplicationInfo);
        if (Is("FIND") || sopClass == DicomUID.UnifiedProcedureStepPull || sopClass == DicomUID.UnifiedProcedureStepWatch)
            return new DicomCFindApplicationInfo(rawApplicationInfo);
        if (Is("MOVE"))
            return new DicomCMoveApplicationInfo(rawApplicationInfo);
        return Is("GET") ? new DicomCGetApplicationInfo(rawApplicationInfo) : new DicomServiceApplicationInfo(rawApplicationInfo);

        bool Is(string verb) => sopClass.Name.Contains($"- {verb}", StringComparison.Ordinal);
    }

    /// <summary>Adds a field that is not there yet.</summary>
    /// <exception cref="ArgumentException">It is there, or its number is 0.</exception>
    public void Add(byte index, byte value)
    {
        if (Contains(index))
            throw new ArgumentException($"There is a field {index} already.", nameof(index));
        this[index] = value;
    }

    /// <summary>Sets a field.</summary>
    /// <exception cref="ArgumentException">Its number is 0.</exception>
    public void AddOrUpdate(byte index, byte value) => this[index] = value;

    /// <summary>Sets a field to 1 or 0.</summary>
    /// <exception cref="ArgumentException">Its number is 0.</exception>
    public void AddOrUpdate(byte index, bool value) => this[index] = value ? (byte)1 : (byte)0;

    /// <summary>Whether there is a field of this number.</summary>
    public bool Contains(byte index) => index > 0 && index <= _fields.Count;

    /// <summary>A field by its number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public byte GetValue(byte index) => this[index];

    /// <summary>Whether a field is 1; <paramref name="defaultValue"/> where there is no such field.</summary>
    public bool GetValueAsBoolean(byte index, bool defaultValue) => Contains(index) ? this[index] == 1 : defaultValue;

    /// <summary>A field as a value of <typeparamref name="T"/>; <paramref name="defaultValue"/> where it is none or not there.</summary>
    /// <typeparam name="T">An enumeration.</typeparam>
    public byte GetValueForEnum<T>(byte index, byte defaultValue) =>
        Contains(index) && Enum.IsDefined(typeof(T), (int)this[index]) ? this[index] : defaultValue;

    /// <summary>The fields as they go into the sub-item.</summary>
    public byte[] GetValues() => [.. _fields];

    /// <summary>Removes a field: the last one altogether, one before it by setting it to 0, since the others keep their numbers.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(byte index)
    {
        if (!Contains(index))
            return false;
        if (index == _fields.Count)
            _fields.RemoveAt(index - 1);
        else
            _fields[index - 1] = 0;
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<byte, byte>> GetEnumerator() =>
        _fields.Select((value, i) => KeyValuePair.Create((byte)(i + 1), value)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _fields);
}
