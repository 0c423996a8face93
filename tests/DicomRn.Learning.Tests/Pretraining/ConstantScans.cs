using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Pretraining;

/// <summary>Scans of which each voxel holds the scan's number; two scans of each lesion.</summary>
internal sealed class ConstantScans(int count, int edge) : ISubVolumes
{
    public int Count => count;

    public int Edge => edge;

    public string Patient(int index) => $"P{index / 2}";

    public string Lesion(int index) => $"P{index / 2} L1";

    public void Read(int index, Span<float> image, Span<float> mask)
    {
        image.Fill(index);
        mask.Fill(1);
    }
}
