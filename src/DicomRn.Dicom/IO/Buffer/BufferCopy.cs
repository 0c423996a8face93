using System.Buffers;

namespace DicomRn.Dicom.IO.Buffer;

/// <summary>Copies any buffer to a stream piece by piece.</summary>
internal static class BufferCopy
{
    internal const int PieceSize = 1 << 16;

    public static byte[] ToArray(IByteBuffer buffer)
    {
        byte[] data = new byte[checked((int)buffer.Size)];
        buffer.GetByteRange(0, data.Length, data);
        return data;
    }

    public static void ToStream(IByteBuffer buffer, Stream stream)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (long offset = 0; offset < buffer.Size; offset += PieceSize)
            {
                int count = (int)Math.Min(PieceSize, buffer.Size - offset);
                buffer.GetByteRange(offset, count, piece);
                stream.Write(piece, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public static async Task ToStreamAsync(IByteBuffer buffer, Stream stream, CancellationToken cancellationToken)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (long offset = 0; offset < buffer.Size; offset += PieceSize)
            {
                int count = (int)Math.Min(PieceSize, buffer.Size - offset);
                buffer.GetByteRange(offset, count, piece);
                await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
