using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Dicom;

public partial class DicomDataset
{
    /// <summary>The item of a tag; null where there is none or it is of another type.</summary>
    public T? GetDicomItem<T>(DicomTag tag)
        where T : DicomItem => Find(tag) as T;

    /// <summary>The sequence of a tag.</summary>
    /// <exception cref="DicomDataException">It is not there, or no sequence.</exception>
    public DicomSequence GetSequence(DicomTag tag) => Find(tag) switch
    {
        DicomSequence sequence => sequence,
        null => throw Missing(tag),
        _ => throw new DicomDataException($"{tag} {tag.DictionaryEntry.Name} is no sequence."),
    };

    /// <summary>The sequence of a tag, where there is one.</summary>
    public bool TryGetSequence(DicomTag tag, [NotNullWhen(true)] out DicomSequence? sequence)
    {
        sequence = Find(tag) as DicomSequence;
        return sequence is not null;
    }

    /// <summary>Number of values.</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public int GetValueCount(DicomTag tag) => Element(tag).Count;

    /// <summary>Value number <paramref name="index"/>, counted from 0.</summary>
    /// <exception cref="DicomDataException">There is no such value, or it cannot be had as <typeparamref name="T"/>.</exception>
    public T GetValue<T>(DicomTag tag, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        RejectArray<T>();
        return Element(tag).At<T>(index);
    }

    /// <summary>Value number <paramref name="index"/>, where it is there and can be had as <typeparamref name="T"/>.</summary>
    public bool TryGetValue<T>(DicomTag tag, int index, [MaybeNullWhen(false)] out T elementValue)
    {
        elementValue = default;
        if (index < 0 || typeof(T).IsArray || Find(tag) is not DicomElement element || index >= element.Count)
            return false;
        return TryConvert(() => element.At<T>(index), out elementValue);
    }

    /// <summary>Value number <paramref name="index"/>, or a default where it is not there or cannot be had as <typeparamref name="T"/>.</summary>
    [return: NotNullIfNotNull(nameof(defaultValue))]
    public T? GetValueOrDefault<T>(DicomTag tag, int index, T? defaultValue) =>
        TryGetValue(tag, index, out T? value) ? value : defaultValue;

    /// <summary>All values; none where the element is empty.</summary>
    /// <exception cref="DicomDataException">There is no such element, or its values cannot be had as <typeparamref name="T"/>.</exception>
    public T[] GetValues<T>(DicomTag tag)
    {
        RejectArray<T>();
        return Element(tag).All<T>();
    }

    /// <summary>All values, where they are there and can be had as <typeparamref name="T"/>.</summary>
    public bool TryGetValues<T>(DicomTag tag, [NotNullWhen(true)] out T[]? values)
    {
        values = null;
        if (typeof(T).IsArray || Find(tag) is not DicomElement element)
            return false;
        return TryConvert(element.All<T>, out values);
    }

    /// <summary>The only value.</summary>
    /// <exception cref="DicomDataException">There is none, there are several, or it cannot be had as <typeparamref name="T"/>.</exception>
    public T GetSingleValue<T>(DicomTag tag)
    {
        RejectArray<T>();
        DicomElement element = Element(tag);
        if (element.Count != 1)
            throw new DicomDataException($"{tag} {tag.DictionaryEntry.Name} has {element.Count} values; one was expected.");
        return element.At<T>(0);
    }

    /// <summary>The only value, where there is just one that can be had as <typeparamref name="T"/>.</summary>
    public bool TryGetSingleValue<T>(DicomTag tag, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (typeof(T).IsArray || Find(tag) is not DicomElement { Count: 1 } element)
            return false;
        return TryConvert(() => element.At<T>(0), out value);
    }

    /// <summary>The only value, or a default where there is none, there are several or it cannot be had as <typeparamref name="T"/>.</summary>
    [return: NotNullIfNotNull(nameof(defaultValue))]
    public T? GetSingleValueOrDefault<T>(DicomTag tag, T? defaultValue) =>
        TryGetSingleValue(tag, out T? value) ? value : defaultValue;

    /// <summary>The whole value as text, several values separated by backslashes; empty text for an empty element.</summary>
    /// <exception cref="DicomDataException">There is no such element.</exception>
    public string GetString(DicomTag tag) => Element(tag).WholeText();

    /// <summary>The whole value as text, where the element is there.</summary>
    public bool TryGetString(DicomTag tag, [NotNullWhen(true)] out string? stringValue)
    {
        stringValue = (Find(tag) as DicomElement)?.WholeText();
        return stringValue is not null;
    }

    private static void RejectArray<T>()
    {
        if (typeof(T).IsArray)
            throw new DicomDataException($"{typeof(T).Name} is an array: ask for the type of one value.");
    }

    private static bool TryConvert<T>(Func<T> convert, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            value = convert();
            return true;
        }
        catch (DicomDataException)
        {
            value = default;
            return false;
        }
    }

    private static DicomDataException Missing(DicomTag tag) => new($"The data set has no {tag} {tag.DictionaryEntry.Name}.");

    private DicomElement Element(DicomTag tag) => Find(tag) switch
    {
        DicomElement element => element,
        null => throw Missing(tag),
        _ => throw new DicomDataException($"{tag} {tag.DictionaryEntry.Name} is a sequence and has no values."),
    };
}
