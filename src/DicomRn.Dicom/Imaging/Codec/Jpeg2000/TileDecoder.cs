using System.Buffers;
using System.Runtime.InteropServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>Decodes tile after tile into the image: packets, code-blocks, wavelets, component transform.</summary>
internal sealed class TileDecoder(Codestream codestream, int[] samples)
{
    private readonly ImageAndTileSize _size = codestream.Size;
    private readonly CodeBlockDecoder _blocks = new();
    private readonly HtBlockDecoder _htBlocks = new();

    /// <exception cref="DicomCodecException">The tile is damaged, incomplete or beyond what is supported.</exception>
    public void Decode(TileParts tile)
    {
        SampleArea area = _size.Tile(tile.Index);
        TileComponent[] components = new TileComponent[_size.Components];
        for (int c = 0; c < components.Length; c++)
            components[c] = new TileComponent(area, tile.Parameters, c, _size.Precision);
        CodeBlockParts parts = ReadPackets(tile, area, components);

        int count = area.Width * area.Height;
        int[][] planes = new int[components.Length][];
        try
        {
            for (int c = 0; c < components.Length; c++)
            {
                planes[c] = ArrayPool<int>.Shared.Rent(count);
                Reconstruct(components[c], parts, planes[c].AsSpan(0, count));
            }

            if (tile.Parameters.Tile.ComponentTransform)
                UndoComponentTransform(components, planes, count);
            for (int c = 0; c < components.Length; c++)
                Write(planes[c], components[c], c);
        }
        finally
        {
            foreach (int[]? plane in planes)
            {
                if (plane is not null)
                    ArrayPool<int>.Shared.Return(plane);
            }
        }
    }

    private CodeBlockParts ReadPackets(TileParts tile, SampleArea area, TileComponent[] components)
    {
        CodeBlockParts parts = new();
        PacketReader reader = new(codestream.Data, tile, parts);
        foreach (Packet packet in PacketSequence.Of(components, area, tile.Parameters))
        {
            TileComponent component = components[packet.Component];
            Resolution resolution = component.Resolutions[packet.Resolution];
            reader.Read(resolution, packet.Precinct, packet.Layer, component.Style.BlockStyle);
            resolution.LayersRead(packet.Precinct) = (ushort)(packet.Layer + 1);
        }

        if (components.Any(c => c.Resolutions.Any(r => !r.IsRead(tile.Parameters.Tile.Layers))))
            throw new DicomCodecException("The JPEG 2000 header's changes of the progression leave packets out: pixel data are missing.");
        return parts;
    }

    /// <summary>Code-blocks and wavelets of a component; the result is of floats where the component is irreversible.</summary>
    private void Reconstruct(TileComponent component, CodeBlockParts parts, Span<int> plane)
    {
        plane.Clear();
        foreach (Resolution resolution in component.Resolutions)
        {
            foreach (PrecinctBand[] precinct in resolution.CodedPrecincts)
            {
                foreach (PrecinctBand band in precinct)
                {
                    for (int b = 0; b < band.Blocks.Length; b++)
                        DecodeBlock(component, parts, band.Band, band.Blocks[b], plane);
                }
            }
        }

        if (component.Style.IsReversible)
            InverseWavelet.Apply<int, ReversibleSynthesis>(plane, component);
        else
            InverseWavelet.Apply<float, IrreversibleSynthesis>(MemoryMarshal.Cast<int, float>(plane), component);
    }

    private void DecodeBlock(TileComponent component, CodeBlockParts parts, Subband band, in CodeBlock block, Span<int> plane)
    {
        if (block.Passes == 0)
            return;
        CodeBlockStyle style = component.Style.BlockStyle;
        ReadOnlySpan<int> values = (style & CodeBlockStyle.HighThroughput) != 0
            ? _htBlocks.Decode(codestream.Data, block, band, parts, style)
            : _blocks.Decode(codestream.Data, block, band, parts, style);
        int width = block.Area.Width, stride = component.Area.Width;
        int column = band.Column + block.Area.X0 - band.Area.X0;
        int row = band.Row + block.Area.Y0 - band.Area.Y0;
        for (int y = 0; y < block.Area.Height; y++)
        {
            Span<int> target = plane.Slice((row + y) * stride + column, width);
            values.Slice(y * width, width).CopyTo(target);
            if (component.RegionShift > 0)
                Dequantizer.LowerRegion(target, component.RegionShift);
            if (component.Style.IsReversible)
                Dequantizer.Reversible(target);
            else
                Dequantizer.Irreversible(target, band.Step);
        }
    }

    private static void UndoComponentTransform(TileComponent[] components, int[][] planes, int count)
    {
        if (components.Length < 3)
            throw new DicomCodecException("The JPEG 2000 header asks for a component transform of fewer than three components.");
        bool isReversible = components[0].Style.IsReversible;
        if (components[1].Style.IsReversible != isReversible || components[2].Style.IsReversible != isReversible)
            throw new DicomCodecException("The JPEG 2000 header asks for a component transform of unlike components.");
        Span<int> first = planes[0].AsSpan(0, count), second = planes[1].AsSpan(0, count), third = planes[2].AsSpan(0, count);
        if (isReversible)
            ComponentTransform.Reversible(first, second, third);
        else
            ComponentTransform.Irreversible(Floats(first), Floats(second), Floats(third));
    }

    private void Write(int[] plane, TileComponent component, int index)
    {
        SampleRange range = new(_size.Precision, _size.IsSigned);
        SampleArea area = component.Area;
        int step = _size.Components;
        for (int y = 0; y < area.Height; y++)
        {
            Span<int> values = plane.AsSpan(y * area.Width, area.Width);
            int at = ((area.Y0 - _size.Image.Y0 + y) * _size.Image.Width + area.X0 - _size.Image.X0) * step + index;
            Span<int> target = samples.AsSpan(at);
            if (component.Style.IsReversible)
                range.Write(values, target, step);
            else
                range.Write((ReadOnlySpan<float>)Floats(values), target, step);
        }
    }

    private static Span<float> Floats(Span<int> values) => MemoryMarshal.Cast<int, float>(values);
}
