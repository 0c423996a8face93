using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Dicom;

/// <summary>Data elements in ascending order of tag (PS3.5 7.1). Not safe for use by several threads at once while it changes.</summary>
public partial class DicomDataset : IEnumerable<DicomItem>, IEquatable<DicomDataset>
{
    private readonly List<DicomItem> _items = [];
    private DicomCharacterSet? _characterSet;
    private DicomCharacterSet? _inheritedCharacterSet;

    /// <summary>An empty data set.</summary>
    public DicomDataset()
    {
    }

    /// <summary>An empty data set that is meant for a transfer syntax.</summary>
    public DicomDataset(DicomTransferSyntax internalTransferSyntax) => InternalTransferSyntax = internalTransferSyntax;

    /// <summary>A data set of the items given, each validated.</summary>
    public DicomDataset(params DicomItem[] items)
        : this((IEnumerable<DicomItem>)items)
    {
    }

    /// <summary>A data set of the items given, each validated.</summary>
    public DicomDataset(IEnumerable<DicomItem> items)
    {
        foreach (DicomItem item in items)
            Put(item, replace: true);
    }

    /// <summary>The transfer syntax in which Pixel Data is held; that of the file for a data set that was read.</summary>
    public DicomTransferSyntax InternalTransferSyntax { get; internal set; } = DicomTransferSyntax.ExplicitVRLittleEndian;

    /// <summary>Whether items are validated when they are added; prefer <see cref="DicomDatasetExtensions.NotValidated"/>.</summary>
    public bool AutoValidate
    {
        get => ValidateItems;
        set => ValidateItems = value;
    }

    /// <summary>Number of items.</summary>
    internal int Count => _items.Count;

    /// <summary>Whether items are validated when they are added.</summary>
    internal bool ValidateItems { get; set; } = true;

    /// <summary>The items by position.</summary>
    internal List<DicomItem> Items => _items;

    /// <summary>The character repertoires of its text: its own, or those of the data set it is an item of.</summary>
    internal DicomCharacterSet CharacterSet => _characterSet ?? _inheritedCharacterSet ?? DicomCharacterSet.Default;

    /// <summary>The character repertoires that its own Specific Character Set names; null where it has none.</summary>
    internal DicomCharacterSet? OwnCharacterSet => _characterSet;

    /// <summary>Whether an element is there, be it empty.</summary>
    public bool Contains(DicomTag tag) => Find(tag) is not null;

    /// <summary>Removes elements; those that are not there are passed over.</summary>
    public DicomDataset Remove(params DicomTag[] tags)
    {
        foreach (DicomTag tag in tags)
        {
            int index = IndexOf(Resolve(tag)?.Value ?? uint.MaxValue);
            if (index >= 0)
                RemoveAt(index);
        }

        return this;
    }

    /// <summary>Removes the items for which a condition holds.</summary>
    public DicomDataset Remove(Func<DicomItem, bool> selector)
    {
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            if (selector(_items[i]))
                RemoveAt(i);
        }

        return this;
    }

    /// <summary>Removes everything.</summary>
    public DicomDataset Clear()
    {
        _items.Clear();
        _characterSet = null;
        return this;
    }

    /// <inheritdoc />
    public IEnumerator<DicomItem> GetEnumerator() => _items.GetEnumerator();

    /// <summary>Whether both hold the same elements with the same values.</summary>
    public bool Equals(DicomDataset? other) => DicomDatasetComparer.DefaultInstance.Equals(this, other);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DicomDataset);

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "It raises none.")]
    public override int GetHashCode() => DicomDatasetComparer.DefaultInstance.GetHashCode(this);

    /// <inheritdoc />
    public override string ToString() => $"DICOM Dataset [{_items.Count} items]";

    /// <summary>Validates every item.</summary>
    /// <exception cref="DicomValidationException">A value breaks a rule.</exception>
    public void Validate()
    {
        foreach (DicomItem item in _items)
            item.Validate();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The item of a tag; null where there is none.</summary>
    internal DicomItem? Find(DicomTag tag)
    {
        int index = Resolve(tag) is { } actual ? IndexOf(actual.Value) : -1;
        return index >= 0 ? _items[index] : null;
    }

    internal DicomItem? Find(uint tag)
    {
        int index = IndexOf(tag);
        return index >= 0 ? _items[index] : null;
    }

    /// <summary>Puts an item at its place, as read: not validated, its bytes in this data set's character set.</summary>
    internal void AddRead(DicomItem item)
    {
        bool isCharacterSet = item.Tag.Value == CharacterSetTag;
        DicomCharacterSet? named = isCharacterSet ? CharacterSetNamedBy(item) : null;
        Insert(item, replace: true);
        if (isCharacterSet)
            _characterSet = named;
    }

    /// <summary>A copy; the items of its sequences are copies too, value bytes are shared.</summary>
    internal DicomDataset Copy()
    {
        DicomDataset copy = new(InternalTransferSyntax)
        {
            ValidateItems = ValidateItems,
            _inheritedCharacterSet = _inheritedCharacterSet,
        };
        foreach (DicomItem item in _items)
            copy.AddRead(item.Copy());
        return copy;
    }

    /// <summary>Takes the character repertoires of the data set around it.</summary>
    internal void InheritCharacterSet(DicomCharacterSet characterSet)
    {
        if (_inheritedCharacterSet == characterSet)
            return;
        _inheritedCharacterSet = characterSet;
        if (_characterSet is null)
            SpreadCharacterSet();
    }

    private const uint CharacterSetTag = 0x00080005;

    private void Put(DicomItem? item, bool replace)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (ValidateItems)
            item.Validate();
        if (item.Tag.PrivateCreator is not null && !item.Tag.IsPrivateCreatorElement)
            item.Tag = Reserve(item.Tag);
        bool isCharacterSet = item.Tag.Value == CharacterSetTag && item is DicomStringElement;
        DicomCharacterSet? named = isCharacterSet ? CharacterSetNamedBy(item) : null;
        Insert(item, replace);
        switch (item)
        {
            case DicomStringElement when isCharacterSet:
                _characterSet = named;
                SpreadCharacterSet();
                break;
            case DicomStringElement text:
                text.SetCharacterSet(CharacterSet);
                break;
            case DicomSequence sequence:
                foreach (DicomDataset inner in sequence.Items)
                    inner.InheritCharacterSet(CharacterSet);
                break;
        }
    }

    private void Insert(DicomItem item, bool replace)
    {
        uint tag = item.Tag.Value;
        if (_items.Count == 0 || _items[^1].Tag.Value < tag)
        {
            _items.Add(item);
            return;
        }

        int index = IndexOf(tag);
        if (index < 0)
            _items.Insert(~index, item);
        else if (replace)
            _items[index] = item;
        else
            throw new DicomDataException($"The data set has {item.Tag} {item.Tag.DictionaryEntry.Name} already.");
    }

    private void RemoveAt(int index)
    {
        bool characterSet = _items[index].Tag.Value == CharacterSetTag;
        _items.RemoveAt(index);
        if (!characterSet)
            return;
        _characterSet = null;
        SpreadCharacterSet();
    }

    private static DicomCharacterSet? CharacterSetNamedBy(DicomItem item) =>
        item is DicomMultiStringElement text ? DicomCharacterSet.Of(text) : null;

    private void SpreadCharacterSet()
    {
        DicomCharacterSet characterSet = CharacterSet;
        foreach (DicomItem item in _items)
        {
            if (item is DicomStringElement text)
            {
                text.SetCharacterSet(characterSet);
            }
            else if (item is DicomSequence sequence)
            {
                foreach (DicomDataset inner in sequence.Items)
                    inner.InheritCharacterSet(characterSet);
            }
        }
    }

    private int IndexOf(uint tag)
    {
        int low = 0, high = _items.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            uint value = _items[middle].Tag.Value;
            if (value == tag)
                return middle;
            if (value < tag)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
