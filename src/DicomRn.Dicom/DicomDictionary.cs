using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DicomRn.Dicom.Dictionary;

namespace DicomRn.Dicom;

/// <summary>The registry of data elements (PS3.6), and the private ones that were added to it.</summary>
public sealed class DicomDictionary
{
    private static readonly DicomDictionaryEntry?[] Entries = new DicomDictionaryEntry?[DictionaryTable.Count];
    private static readonly ConcurrentDictionary<string, DicomPrivateCreator> Creators = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, DicomDictionary> PrivateDictionaries = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<uint, DicomDictionaryEntry> _added = new();
    private readonly bool _isStandard;

    private DicomDictionary(bool isStandard) => _isStandard = isStandard;

    /// <summary>The dictionary that everything uses.</summary>
    public static DicomDictionary Default { get; } = new(isStandard: true);

    /// <summary>The entry for elements that no dictionary knows: VR UN.</summary>
    public static DicomDictionaryEntry UnknownTag { get; } =
        new(DicomTag.Unknown, "Unknown", "Unknown", DicomVM.VM_1_n, false, DicomVR.UN);

    /// <summary>The entry for private creator elements.</summary>
    public static DicomDictionaryEntry PrivateCreatorTag { get; } =
        new(DicomTag.Unknown, "Private Creator", "PrivateCreator", DicomVM.VM_1, false, DicomVR.LO);

    /// <summary>The entry for group lengths, which every group may have.</summary>
    internal static DicomDictionaryEntry GroupLengthTag { get; } =
        new(DicomTag.Unknown, "Generic Group Length", "GenericGroupLength", DicomVM.VM_1, true, DicomVR.UL);

    /// <summary>The entry for a tag; <see cref="UnknownTag"/> where there is none.</summary>
    public DicomDictionaryEntry this[DicomTag tag]
    {
        get
        {
            uint value = tag.Value;
            if (tag.IsPrivate || !_isStandard)
                return FindPrivate(tag);
            int index = DictionaryIndex.Find(value);
            if (index < 0)
                index = DictionaryIndex.FindRepeating(value);
            if (index >= 0)
                return Entries[index] ?? Create(index);
            if (_added.TryGetValue(value, out DicomDictionaryEntry? added))
                return added;
            return tag.Element == 0 ? GroupLengthTag : UnknownTag;
        }
    }

    /// <summary>The tag with a keyword; null where no element has it.</summary>
    [SuppressMessage("Design", "CA1043:Use Integral Or String Argument For Indexers", Justification = "The API that is mirrored.")]
    public DicomTag? this[string keyword] => TryFindKeyword(keyword, out DicomTag? tag) ? tag : null;

    /// <summary>The dictionary of one private creator, to which entries may be added.</summary>
    public DicomDictionary this[DicomPrivateCreator privateCreator] =>
        PrivateDictionaries.GetOrAdd(privateCreator.Creator, static _ => new DicomDictionary(isStandard: false));

    /// <summary>The shared instance for a creator's identification string.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The API that is mirrored.")]
    public DicomPrivateCreator GetPrivateCreator(string creator) =>
        Creators.GetOrAdd(creator, static c => new DicomPrivateCreator(c));

    /// <summary>Adds an element that the standard does not have.</summary>
    public void Add(DicomDictionaryEntry entry)
    {
        if (entry.Tag.PrivateCreator is { } creator && _isStandard)
            this[creator].Add(entry);
        else
            _added[_isStandard ? entry.Tag.Value : BlockFree(entry.Tag)] = entry;
    }

    /// <summary>The VRs of a standard tag, or none where it is not in the dictionary; cheaper than its entry.</summary>
    internal static DicomVR[]? StandardRepresentations(uint tag)
    {
        int index = DictionaryIndex.Find(tag);
        if (index < 0)
            index = DictionaryIndex.FindRepeating(tag);
        return index < 0 ? null : RepresentationSets.Of(index);
    }

    internal static bool TryFindKeyword(string keyword, [NotNullWhen(true)] out DicomTag? tag)
    {
        int index = DictionaryIndex.Find(keyword);
        tag = index >= 0 ? DicomTag.Known(index) : null;
        return index >= 0;
    }

    private static uint BlockFree(DicomTag tag) => (uint)tag.Group << 16 | (uint)(tag.Element & 0xFF);

    private static DicomDictionaryEntry Create(int index)
    {
        byte multiplicity = DictionaryTable.MultiplicityAndRetired[index];
        uint? mask = index < DictionaryTable.FixedCount ? null : DictionaryTable.Masks[index - DictionaryTable.FixedCount];
        return Entries[index] = new DicomDictionaryEntry(
            DicomTag.Known(index),
            mask is { } m ? new DicomMaskedTag(DictionaryTable.Tags[index], m) : null,
            DictionaryIndex.Name(index),
            DictionaryIndex.Keyword(index),
            DicomVM.Parse(DictionaryTable.Multiplicities[multiplicity & 0x7F]),
            (multiplicity & 0x80) != 0,
            RepresentationSets.Of(index));
    }

    private DicomDictionaryEntry FindPrivate(DicomTag tag)
    {
        if (!_isStandard)
            return _added.GetValueOrDefault(BlockFree(tag), UnknownTag);
        if (tag.Element == 0)
            return GroupLengthTag;
        if (tag.IsPrivateCreatorElement)
            return PrivateCreatorTag;
        return tag.PrivateCreator is { } creator && PrivateDictionaries.TryGetValue(creator.Creator, out DicomDictionary? own)
            ? own._added.GetValueOrDefault(BlockFree(tag), UnknownTag)
            : UnknownTag;
    }
}
