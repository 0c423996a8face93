using System.Buffers.Binary;

namespace DicomRn.Dicom.IO.Reader;

/// <summary>Reads files (PS3.10 7), with or without preamble and file meta information.</summary>
internal static class DicomFileReader
{
    /// <summary>Reads a file into <paramref name="file"/>, which keeps what was read when an exception is thrown.</summary>
    /// <exception cref="DicomFileException">It is no DICOM file, or damaged.</exception>
    public static void Read(DicomInput input, DicomReadSettings settings, DicomFile file)
    {
        try
        {
            ReadFile(input, settings, file);
        }
        catch (DicomFileException e)
        {
            throw new DicomFileException(file, e.Message, e);
        }
        catch (DicomDataException e)
        {
            throw new DicomFileException(file, $"{input.Name}: byte {input.Position}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new DicomFileException(file, $"{input.Name}: byte {input.Position}: {e.Message}", e);
        }
    }

    private static void ReadFile(DicomInput input, DicomReadSettings settings, DicomFile file)
    {
        DicomDatasetReader reader = new(input, settings with { Stop = null });
        ReadOnlySpan<byte> head = input.Peek(132);
        file.Format = DicomFileFormat.DICOM3;
        if (head.Length == 132 && head[128..].SequenceEqual("DICM"u8))
        {
            input.Advance(132);
        }
        else if (head.Length >= 4 && head[..4].SequenceEqual("DICM"u8))
        {
            input.Advance(4);
            file.Format = DicomFileFormat.DICOM3NoPreamble;
        }
        else
        {
            RequirePlausible(head, input);
            file.Format = Group(head) == 2 ? DicomFileFormat.DICOM3NoPreamble : DicomFileFormat.DICOM3NoFileMetaInfo;
        }

        reader.ReadMeta(file.FileMetaInfo);
        DicomTransferSyntax syntax = file.FileMetaInfo.Contains(DicomTag.TransferSyntaxUID)
            ? file.FileMetaInfo.TransferSyntax
            : GuessSyntax(input, reader);
        DicomDatasetReader body = new(input, settings);
        body.ReadInto(file.Dataset, syntax);
        file.IsPartial = body.Stopped;
        if (!body.Stopped && file.FileMetaInfo.Count == 0 && file.Dataset.Count == 0)
            throw input.Fault("the file ends after its prefix");
    }

    private static DicomTransferSyntax GuessSyntax(DicomInput input, DicomDatasetReader reader)
    {
        ReadOnlySpan<byte> head = input.Peek(8);
        if (head.Length == 8 && head[0] == 0 && head[1] is > 0 and < 0x40)
            return DicomTransferSyntax.ExplicitVRBigEndian;
        return reader.GuessExplicit(announced: false)
            ? DicomTransferSyntax.ExplicitVRLittleEndian
            : DicomTransferSyntax.ImplicitVRLittleEndian;
    }

    // A bare data set has no mark by which to know it: its first element must be one of the groups that come first, and make sense.
    private static void RequirePlausible(ReadOnlySpan<byte> head, DicomInput input)
    {
        if (head.Length >= 8)
        {
            ushort group = Group(head);
            bool bigEndian = group is 0x0200 or 0x0800;
            if (bigEndian || group is 0x0002 or 0x0004 or 0x0008)
            {
                if (DicomVR.FromCode(head[4], head[5]) is not null)
                    return;
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
                if (!bigEndian && (length == uint.MaxValue || length < 1 << 16))
                    return;
            }

            // Any other standard element, with its own VR or without one and with a length that fits.
            uint tag = (uint)group << 16 | BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
            if (group < 0x7FE0 && DicomDictionary.StandardRepresentations(tag) is { } known
                && (Array.IndexOf(known, DicomVR.FromCode(head[4], head[5])) >= 0 || IsShort(head[4..])))
            {
                return;
            }
        }

        throw new DicomFileException($"{input.Name}: not a DICOM file: it has no DICM prefix and does not begin like a data set.");
    }

    private static bool IsShort(ReadOnlySpan<byte> length) => BinaryPrimitives.ReadUInt32LittleEndian(length) is < 1024 and var bytes && bytes % 2 == 0;

    private static ushort Group(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt16LittleEndian(head);
}
