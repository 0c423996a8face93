namespace DicomRn.Node.Receiving.Log;

/// <summary>Reads the records of a segment, as far as they are whole.</summary>
internal static class LogScan
{
    private const int Piece = 1 << 20;

    /// <summary>
    /// The records from the beginning on, up to the first whose beginning is torn or that does not follow the one before: it was
    /// never acknowledged, and behind it is only what came later, or is of an earlier use of the file. Those whose content is
    /// torn are left out.
    /// </summary>
    /// <param name="segment">The segment; its tail is set behind the last record.</param>
    /// <param name="settled">Up to this sequence number the contents are not looked at.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<LogRecord> Read(LogSegment segment, long settled)
    {
        ILogFile file = segment.File;
        byte[] page = new byte[LogRecordHeader.Alignment];
        byte[] piece = [];
        long last = 0;
        while (file.Length - segment.Tail >= page.Length)
        {
            file.Read(page, segment.Tail);
            if (LogRecordHeader.Read(page, file.Length - segment.Tail) is not { } header || (last > 0 && header.Sequence != last + 1))
                yield break;
            byte[] start = page;
            if (header.ContentOffset > page.Length)
            {
                start = new byte[header.ContentOffset];
                file.Read(start, segment.Tail);
            }

            if (!header.Confirms(start))
                yield break;
            long contentOffset = segment.Tail + header.ContentOffset;
            LoggedInstance instance = LoggedInstance.Decode(start[LogRecordHeader.Length..header.ContentOffset]);
            segment.Tail += header.RecordLength;
            last = header.Sequence;
            if (header.Sequence > settled)
            {
                if (piece.Length == 0)
                    piece = new byte[Piece];
                if (Checksum(file, contentOffset, header.ContentLength, piece) != header.ContentCrc)
                    continue;
            }

            yield return new LogRecord(header.Sequence, instance, segment, contentOffset, header.ContentCrc) { State = LogRecordState.Synced };
        }
    }

    private static uint Checksum(ILogFile file, long offset, long length, byte[] piece)
    {
        uint state = Crc32C.Start;
        while (length > 0)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(length, piece.Length));
            file.Read(part, offset);
            state = Crc32C.Append(state, part);
            offset += part.Length;
            length -= part.Length;
        }

        return ~state;
    }
}
