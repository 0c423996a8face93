using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A data element with a value (not a sequence).</summary>
public abstract class DicomElement : DicomItem
{
    /// <summary>An element whose value bytes are given, in little endian.</summary>
    protected DicomElement(DicomTag tag, IByteBuffer? data)
        : base(tag) => Data = data;

    /// <summary>Number of values.</summary>
    public abstract int Count { get; }

    /// <summary>The value bytes, in little endian, not padded to even length.</summary>
    public virtual IByteBuffer Buffer => Data ?? EmptyBuffer.Value;

    /// <summary>Length of the value, bytes.</summary>
    public uint Length => checked((uint)Buffer.Size);

    /// <summary>The bytes as they were read or set; null where the value was given otherwise.</summary>
    private protected IByteBuffer? Data { get; set; }

    /// <summary>
    /// Value number <paramref name="item"/>, or the first one (for text: the whole text) where it is −1; an array type gets all values.
    /// </summary>
    /// <exception cref="DicomDataException">There is no such value, or it cannot be had as <typeparamref name="T"/>.</exception>
    public T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(IByteBuffer))
            return (T)Buffer;
        if (typeof(T).IsArray)
            return ValueArrays.All<T>(this);
        if (item == -1 && typeof(T) == typeof(string))
            return (T)(object)WholeText();
        return At<T>(Math.Max(item, 0));
    }

    /// <summary>Checks the value against its VR and VM.</summary>
    /// <exception cref="DicomValidationException">It breaks a rule.</exception>
    public override void Validate()
    {
        ValidateRepresentation();
        if (IsAtUri)
            return;
        ValidateValues();
        // The words of OW and its like are one value (PS3.5 6.4).
        if (ValueRepresentation.IsMultiValue && !Tag.IsPrivate && !Tag.DictionaryEntry.ValueMultiplicity.Allows(Count)
            && !ReferenceEquals(Tag.DictionaryEntry, DicomDictionary.UnknownTag))
        {
            throw new DicomValidationException(
                null, ValueRepresentation, $"{Tag} {Tag.DictionaryEntry.Name} has {Count} values; {Tag.DictionaryEntry.ValueMultiplicity} allowed.");
        }
    }

    /// <summary>Whether only a URI of the value is known, from which nobody has fetched it.</summary>
    internal bool IsAtUri => Data is IBulkDataUriByteBuffer { IsMemory: false };

    /// <summary>Value number <paramref name="index"/>.</summary>
    internal abstract T At<T>(int index);

    /// <summary>All values.</summary>
    internal virtual T[] All<T>()
    {
        T[] values = new T[Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = At<T>(i);
        return values;
    }

    /// <summary>All values as text, separated by backslashes.</summary>
    internal virtual string WholeText() => string.Join('\\', All<string>());

    /// <summary>The bytes to write, in the character sets of the data set that is written; null for the default repertoire.</summary>
    internal virtual IByteBuffer BufferFor(DicomCharacterSet characterSet) => Buffer;

    /// <summary>Puts the same bytes from another place under the value.</summary>
    internal void ReplaceData(Func<IByteBuffer, IByteBuffer> replace)
    {
        if (Data is not null)
            Data = replace(Data);
    }

    internal override DicomItem Copy() => (DicomElement)MemberwiseClone();

    /// <summary>Checks each value against the VR.</summary>
    private protected virtual void ValidateValues()
    {
    }

    private protected DicomDataException NoValue(int index) =>
        new($"{Tag} {Tag.DictionaryEntry.Name} has {Count} values; number {index + 1} was asked for.");
}
