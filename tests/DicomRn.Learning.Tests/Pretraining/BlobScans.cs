using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Pretraining;

/// <summary>Noise with a bright block whose size and place differ between patients.</summary>
internal sealed class BlobScans : ISubVolumes
{
    public const int Voxels = 12;
    private readonly float[][] _images;

    public BlobScans(int count)
    {
        Random random = new(11);
        _images = new float[count][];
        for (int n = 0; n < count; n++)
        {
            int first = random.Next(2, 5), last = random.Next(6, 10);
            float bright = 1 + (float)random.NextDouble() * 3;
            _images[n] = new float[Voxels * Voxels * Voxels];
            for (int v = 0; v < _images[n].Length; v++)
            {
                bool inside = v % 12 >= first && v % 12 < last && v / 12 % 12 >= first && v / 12 % 12 < last && v / 144 >= first && v / 144 < last;
                _images[n][v] = (float)random.NextDouble() * 0.3f + (inside ? bright : 0);
            }
        }
    }

    public int Count => _images.Length;

    public int Edge => Voxels;

    public string Patient(int index) => $"P{index:000}";

    public string Lesion(int index) => Patient(index);

    public void Read(int index, Span<float> image, Span<float> mask)
    {
        _images[index].CopyTo(image);
        mask.Clear();
    }
}
