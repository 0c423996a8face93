using System.Buffers.Binary;
using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>
/// One frame in a compressed transfer syntax. An input begins with what the data set says of it, ten bytes: Rows, Columns (both
/// 1–1024), Samples per Pixel, Bits Allocated, Bits Stored, Pixel Representation, Photometric Interpretation, Planar Configuration.
/// </summary>
internal sealed class CodecTarget(string name, params DicomTransferSyntax[] syntaxes) : FuzzTarget(name)
{
    private const int HeaderSize = 10;
    private static readonly byte[] StartOfJpeg2000 = [0xFF, 0x4F, 0xFF, 0x51];
    private static readonly string[] Photometric = ["MONOCHROME2", "RGB", "YBR_FULL_422", "YBR_FULL", "YBR_RCT", "YBR_ICT", "PALETTE COLOR"];

    /// <summary>Whether the library decodes this syntax.</summary>
    public bool IsThere => new DefaultTranscoderManager().HasCodec(syntaxes[0]);

    // The frame, at most 1024 × 1024 × 3 samples, is in the constant: the data set may ask for it.
    public override MemoryBound Memory => new(1000, 256 << 20);

    public override IReadOnlyList<IMutation> Mutations { get; } = [new MarkerMutation()];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        foreach (byte[] file in files)
        {
            bool readsJpeg2000 = syntaxes[0] == DicomTransferSyntax.JPEG2000Lossless || syntaxes[0] == DicomTransferSyntax.HTJ2KLossless;
            if (readsJpeg2000 && file.AsSpan().StartsWith(StartOfJpeg2000))
                yield return OfJpeg2000(file);
            if (Open(file) is { } dataset && syntaxes.Contains(dataset.InternalTransferSyntax) && dataset.Contains(DicomTag.PixelData))
                yield return Input(dataset);
        }

        if (Encode(SampleDatasets.Everything(DicomTransferSyntax.ExplicitVRLittleEndian)) is { } encoded)
            yield return Input(encoded);
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        byte[] whole = input.Length < HeaderSize ? [.. input, .. new byte[HeaderSize - input.Length]] : input;
        DicomDataset dataset = Dataset(whole);
        _ = new DicomTranscoder(syntaxes[0], DicomTransferSyntax.ExplicitVRLittleEndian).DecodeFrame(dataset, 0).Data;
        return ValueTask.CompletedTask;
    }

    private static DicomDataset? Open(byte[] file)
    {
        try
        {
            return DicomFile.Open(new MemoryStream(file, writable: false)).Dataset;
        }
        catch (DicomException)
        {
            return null;
        }
    }

    /// <summary>The data set compressed, null where this syntax is only decoded.</summary>
    private DicomDataset? Encode(DicomDataset dataset)
    {
        try
        {
            return new DicomTranscoder(dataset.InternalTransferSyntax, syntaxes[0]).Transcode(dataset);
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static byte[] Input(DicomDataset dataset)
    {
        DicomPixelData pixels = DicomPixelData.Create(dataset);
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(pixels.Height - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(pixels.Width - 1));
        header[4] = (byte)pixels.SamplesPerPixel;
        header[5] = (byte)pixels.BitsAllocated;
        header[6] = (byte)pixels.BitsStored;
        header[7] = (byte)pixels.PixelRepresentation;
        header[8] = (byte)Math.Max(0, Array.IndexOf(Photometric, pixels.PhotometricInterpretation.Value));
        header[9] = pixels.SamplesPerPixel > 1 ? (byte)pixels.PlanarConfiguration : (byte)0;
        return [.. header, .. pixels.GetFrame(0).Data];
    }

    /// <summary>A bare codestream, its size and depth taken from its SIZ segment (ITU-T T.800 A.5.1).</summary>
    private static byte[] OfJpeg2000(byte[] codestream)
    {
        int height = BinaryPrimitives.ReadInt32BigEndian(codestream.AsSpan(12)) - BinaryPrimitives.ReadInt32BigEndian(codestream.AsSpan(20));
        int width = BinaryPrimitives.ReadInt32BigEndian(codestream.AsSpan(8)) - BinaryPrimitives.ReadInt32BigEndian(codestream.AsSpan(16));
        int components = codestream[41], depth = (codestream[42] & 0x7F) + 1, isSigned = codestream[42] >> 7;
        byte[] header = [0, 0, 0, 0, (byte)components, (byte)(depth > 8 ? 16 : 8), (byte)depth, (byte)isSigned, (byte)(components == 3 ? 1 : 0), 0];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(height - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(width - 1));
        return [.. header, .. codestream];
    }

    private DicomDataset Dataset(byte[] input)
    {
        DicomDataset dataset = new(syntaxes[0])
        {
            { DicomTag.Rows, (ushort)((BinaryPrimitives.ReadUInt16LittleEndian(input) % 1024) + 1) },
            { DicomTag.Columns, (ushort)((BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(2)) % 1024) + 1) },
            { DicomTag.SamplesPerPixel, (ushort)input[4] },
            { DicomTag.BitsAllocated, (ushort)input[5] },
            { DicomTag.BitsStored, (ushort)input[6] },
            { DicomTag.HighBit, (ushort)(byte)(input[6] - 1) },
            { DicomTag.PixelRepresentation, (ushort)(input[7] & 1) },
            { DicomTag.PhotometricInterpretation, Photometric[input[8] % Photometric.Length] },
            { DicomTag.PlanarConfiguration, (ushort)(input[9] & 1) },
        };
        DicomOtherByteFragment fragments = new(DicomTag.PixelData);
        fragments.Add(EmptyBuffer.Value);
        fragments.Add(new MemoryByteBuffer(input[HeaderSize..]));
        dataset.Add(fragments);
        return dataset;
    }
}
