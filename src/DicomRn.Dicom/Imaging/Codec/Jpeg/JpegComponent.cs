namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>A component of the frame (T.81 B.2.2) and its samples.</summary>
internal sealed class JpegComponent(int id, int horizontal, int vertical, int quantization)
{
    public int Id { get; } = id;

    /// <summary>Horizontal sampling factor, 1–4.</summary>
    public int Horizontal { get; } = horizontal;

    /// <summary>Vertical sampling factor, 1–4.</summary>
    public int Vertical { get; } = vertical;

    /// <summary>Number of its quantization table, 0–3.</summary>
    public int Quantization { get; } = quantization;

    /// <summary>Columns of its own (A.1.1).</summary>
    public int Width { get; set; }

    /// <summary>Rows of its own (A.1.1).</summary>
    public int Height { get; set; }

    /// <summary>Samples from one row of <see cref="Samples"/> to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Samples, as unsigned patterns; empty before a scan brings them.</summary>
    public ushort[] Samples { get; private set; } = [];

    /// <summary>Takes memory for the samples.</summary>
    /// <exception cref="DicomCodecException">A scan brought them already.</exception>
    public void Allocate(int stride, int rows)
    {
        if (Samples.Length > 0)
            throw new DicomCodecException($"Component {Id} comes in two scans.");
        Stride = stride;
        Samples = new ushort[checked(stride * rows)];
    }
}
