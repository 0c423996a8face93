using System.Globalization;
using System.Text;

namespace DicomRn.Dicom.Log;

/// <summary>
/// A data set as text for a reader: one line per element with tag, VR, value, and after # its length in bytes, its number
/// of values and its name. Items are indented; long values are cut.
/// </summary>
internal sealed class DicomDatasetDump(StringBuilder text, int width)
{
    private const int CommentColumn = 60;

    public void Write(DicomDataset dataset, int depth = 0)
    {
        foreach (DicomItem item in dataset)
        {
            switch (item)
            {
                case DicomSequence sequence:
                    Write(sequence, depth);
                    break;
                case DicomFragmentSequence fragments:
                    Write(fragments, depth);
                    break;
                case DicomElement { IsAtUri: true } element:
                    Line(item, depth, Cut($"(at {((IO.Buffer.IBulkDataUriByteBuffer)element.Buffer).BulkDataUri})"), null, 0);
                    break;
                case DicomElement element:
                    Line(item, depth, Value(element), element.Buffer.Size, Multiplicity(element));
                    break;
            }
        }
    }

    // The words of OW and its like are one value (PS3.5 6.4).
    private static int Multiplicity(DicomElement element) =>
        element.ValueRepresentation.IsMultiValue ? element.Count : Math.Min(element.Count, 1);

    private void Write(DicomSequence sequence, int depth)
    {
        Line(sequence, depth, $"({sequence.Items.Count} {(sequence.Items.Count == 1 ? "item" : "items")})", null, 1);
        int number = 0;
        foreach (DicomDataset item in sequence.Items)
        {
            text.Append(' ', 2 * (depth + 1)).Append(CultureInfo.InvariantCulture, $"item {++number}").Append('\n');
            Write(item, depth + 2);
        }
    }

    private void Write(DicomFragmentSequence fragments, int depth)
    {
        long size = 0;
        foreach (IO.Buffer.IByteBuffer fragment in fragments.Fragments)
            size += fragment.Size;
        Line(fragments, depth, $"({fragments.Fragments.Count} fragments)", size, fragments.Fragments.Count);
    }

    private string Value(DicomElement element)
    {
        if (element.Buffer.Size == 0)
            return "(no value)";
        string code = element.ValueRepresentation.Code;
        if (element is DicomStringElement)
        {
            string value = element.WholeText();
            string name = code == "UI" && DicomUID.Parse(value) is { Type: not DicomUidType.Unknown } uid ? $" {uid.Name}" : "";
            return Cut($"[{Printable(value)}]{name}");
        }

        if (code is "OB" or "UN" || !element.Buffer.IsMemory || element.Count == 0)
            return Bytes(element);
        int shown = Math.Min(element.Count, width / 2);
        StringBuilder values = new();
        for (int i = 0; i < shown && values.Length <= width; i++)
        {
            if (i > 0)
                values.Append('\\');
            values.Append(code == "OW" ? element.At<ushort>(i).ToString("x4", CultureInfo.InvariantCulture) : element.At<string>(i));
        }

        return Cut(values.ToString());
    }

    private string Bytes(DicomElement element)
    {
        int count = (int)Math.Min(element.Buffer.Size, (width / 3) + 1);
        byte[] first = new byte[count];
        element.Buffer.GetByteRange(0, count, first);
        return Cut(string.Join('\\', first.Select(static b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }

    private string Cut(string value) => value.Length <= width ? value : string.Concat(value.AsSpan(0, width - 1), "…");

    private static string Printable(string value) => value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
        ? value
        : string.Concat(value.Select(static c => c switch
        {
            '\r' => "\\r",
            '\n' => "\\n",
            '\t' => "\\t",
            < ' ' => ".",
            _ => c.ToString(),
        }));

    private void Line(DicomItem item, int depth, string value, long? length, int count)
    {
        int start = text.Length;
        string vr = item.ValueRepresentation.Code;
        text.Append(' ', 2 * depth).Append(CultureInfo.InvariantCulture, $"({item.Tag.Group:x4},{item.Tag.Element:x4}) {vr} {value}");
        int pad = CommentColumn + (2 * depth) - (text.Length - start);
        text.Append(' ', Math.Max(1, pad)).Append("# ");
        text.Append(length is { } bytes ? (bytes + (bytes & 1)).ToString(CultureInfo.InvariantCulture) : "-");
        text.Append(',').Append(count).Append(' ').Append(Name(item.Tag)).Append('\n');
    }

    private static string Name(DicomTag tag)
    {
        DicomDictionaryEntry entry = tag.DictionaryEntry;
        if (!ReferenceEquals(entry, DicomDictionary.UnknownTag))
            return entry.Keyword;
        return tag.PrivateCreator is { } creator ? $"Private ({creator.Creator})" : "Unknown";
    }
}
