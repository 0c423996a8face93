using System.Text;

namespace DicomRn.Dicom.Dictionary;

/// <summary>Finds entries of <see cref="DictionaryTable"/> by tag or keyword.</summary>
internal static class DictionaryIndex
{
    private const int SlotBits = 14;
    private static readonly ushort[] Slots = BuildSlots();
    private static readonly Lazy<Dictionary<string, ushort>> Keywords = new(BuildKeywords);

    /// <summary>The index of the entry for a standard tag, a repeating one included; −1 where there is none.</summary>
    public static int Find(uint tag)
    {
        ReadOnlySpan<uint> tags = DictionaryTable.Tags;
        for (uint slot = Slot(tag); Slots[slot] != 0; slot = (slot + 1) & ((1 << SlotBits) - 1))
        {
            int index = Slots[slot] - 1;
            if (tags[index] == tag)
                return index;
        }

        return -1;
    }

    /// <summary>The index of the repeating entry that covers a tag; −1 where there is none.</summary>
    public static int FindRepeating(uint tag)
    {
        ReadOnlySpan<uint> masks = DictionaryTable.Masks;
        for (int i = 0; i < masks.Length; i++)
        {
            if ((tag & masks[i]) == DictionaryTable.Tags[DictionaryTable.FixedCount + i])
                return DictionaryTable.FixedCount + i;
        }

        return -1;
    }

    /// <summary>The index of the entry with a keyword; −1 where there is none.</summary>
    public static int Find(string keyword) => Keywords.Value.TryGetValue(keyword, out ushort index) ? index : -1;

    public static string Keyword(int index) => Text(2 * index);

    public static string Name(int index) => Text((2 * index) + 1);

    private static string Text(int part)
    {
        int start = DictionaryTable.Offsets[part];
        return Encoding.UTF8.GetString(DictionaryTable.Text[start..DictionaryTable.Offsets[part + 1]]);
    }

    private static uint Slot(uint tag) => tag * 2654435761u >> (32 - SlotBits);

    private static ushort[] BuildSlots()
    {
        ushort[] slots = new ushort[1 << SlotBits];
        ReadOnlySpan<uint> tags = DictionaryTable.Tags;
        for (int i = 0; i < DictionaryTable.Count; i++)
        {
            uint slot = Slot(tags[i]);
            while (slots[slot] != 0)
                slot = (slot + 1) & ((1 << SlotBits) - 1);
            slots[slot] = (ushort)(i + 1);
        }

        return slots;
    }

    private static Dictionary<string, ushort> BuildKeywords()
    {
        Dictionary<string, ushort> keywords = new(DictionaryTable.Count, StringComparer.Ordinal);
        for (int i = 0; i < DictionaryTable.Count; i++)
        {
            string keyword = Keyword(i);
            if (keyword.Length > 0)
                keywords.TryAdd(keyword, (ushort)i);
        }

        return keywords;
    }
}
