namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A code-block: what the packets have said of it so far.</summary>
internal struct CodeBlock
{
    /// <summary>Its samples, in the coordinates of its subband.</summary>
    public SampleArea Area;

    /// <summary>Its first and last part in <see cref="CodeBlockParts"/>, counted from 1; 0 for none.</summary>
    public int FirstPart;

    /// <inheritdoc cref="FirstPart"/>
    public int LastPart;

    /// <summary>Coding passes so far.</summary>
    public int Passes;

    /// <summary>The most significant bit-planes that have no bit set.</summary>
    public int ZeroBitPlanes;

    /// <summary>Lblock (T.800 B.10.7.1); 0 as long as the code-block is in no packet.</summary>
    public int LengthBits;

    /// <summary>Whether any of its parts has bytes.</summary>
    public bool HasData;
}

/// <summary>What one packet adds to one codeword segment of a code-block.</summary>
internal struct CodeBlockPart
{
    /// <summary>Where its bytes begin in the codestream.</summary>
    public int Offset;

    /// <summary>How many bytes.</summary>
    public int Length;

    /// <summary>The code-block's next part, counted from 1; 0 for none.</summary>
    public int Next;

    /// <summary>The first of its coding passes, counted within the code-block.</summary>
    public ushort FirstPass;

    /// <summary>How many coding passes.</summary>
    public byte Passes;

    /// <summary>Whether a codeword segment begins here, rather than go on.</summary>
    public bool BeginsSegment;
}

/// <summary>The parts of all code-blocks of a tile, in the order of the packets.</summary>
internal sealed class CodeBlockParts
{
    private CodeBlockPart[] _parts = new CodeBlockPart[256];

    public int Count { get; private set; }

    /// <summary>The part of a number counted from 1.</summary>
    public ref CodeBlockPart this[int number] => ref _parts[number - 1];

    public void Add(ref CodeBlock block, in CodeBlockPart part)
    {
        if (Count == _parts.Length)
            Array.Resize(ref _parts, checked(2 * Count));
        _parts[Count++] = part;
        if (block.LastPart == 0)
            block.FirstPart = Count;
        else
            this[block.LastPart].Next = Count;
        block.LastPart = Count;
        block.HasData |= part.Length > 0;
    }
}
