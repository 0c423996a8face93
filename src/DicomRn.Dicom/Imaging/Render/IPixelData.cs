namespace DicomRn.Dicom.Imaging.Render;

/// <summary>The pixels of a native frame as values.</summary>
public interface IPixelData
{
    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Samples of a pixel: 1 for grey values, indices and single bits, 3 for colours.</summary>
    int Components { get; }

    /// <summary>
    /// The value stored for a pixel, before any look-up table: a sample with its sign, bits outside Bits Stored left out; of a colour its
    /// red, green and blue as one number, 0xRRGGBB.
    /// </summary>
    /// <param name="x">Column, from 0.</param>
    /// <param name="y">Row, from 0.</param>
    double GetPixel(int x, int y);
}
