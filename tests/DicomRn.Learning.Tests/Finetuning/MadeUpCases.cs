using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Finetuning;

/// <summary>Small noisy cubes; progression is bright in the mask, or told by the months since radiosurgery, as a test wants it.</summary>
internal sealed class MadeUpCases : ISubVolumes
{
    public const int Voxels = 12;

    public static readonly VitConfiguration Tiny = new()
    {
        ImageSize = Voxels,
        PatchSize = 4,
        HiddenSize = 24,
        MlpSize = 48,
        Layers = 2,
        Heads = 3,
    };

    private readonly float[][] _images;
    private readonly float[] _mask = new float[Voxels * Voxels * Voxels];
    private readonly CohortEntry[] _entries;

    private MadeUpCases(int count, bool inImage, bool inMonths)
    {
        Random random = new(5);
        for (int v = 0; v < _mask.Length; v++)
            _mask[v] = v % 12 is > 3 and < 8 && v / 12 % 12 is > 3 and < 8 && v / 144 is > 3 and < 8 ? 1 : 0;
        _images = new float[count][];
        _entries = new CohortEntry[count];
        for (int n = 0; n < count; n++)
        {
            bool progression = n % 2 == 0;
            _images[n] = [.. _mask.Select(m => (float)random.NextDouble() + (m > 0 && inImage && progression ? 1.5f : 0))];
            _entries[n] = new CohortEntry
            {
                Patient = $"P{n / 2:00}{(progression ? "a" : "b")}",
                Lesion = "1",
                Image = "none",
                Label = progression ? LesionClass.Progression : LesionClass.RadiationNecrosis,
                Centre = n % 4 < 2 ? "A" : "B",
                Split = n < count * 2 / 3 ? CohortSplit.Development : n % 4 < 2 ? CohortSplit.HeldOut : CohortSplit.External,
                IsIndex = true,
                Clinical = new CohortClinicalData
                {
                    MonthsSinceRadiosurgery = !inMonths ? null : progression ? 5 + random.NextDouble() : 12 + random.NextDouble(),
                    LesionVolumeMm3 = 100 + random.Next(1000),
                },
            };
        }
    }

    public int Count => _images.Length;

    public int Edge => Voxels;

    public static LesionCases Make(int count, bool inImage, bool inMonths)
    {
        MadeUpCases made = new(count, inImage, inMonths);
        return new LesionCases(made, made._entries, 1);
    }

    public string Patient(int index) => _entries[index].Patient;

    public string Lesion(int index) => Patient(index) + "\t1";

    public void Read(int index, Span<float> image, Span<float> mask)
    {
        _images[index].CopyTo(image);
        _mask.CopyTo(mask);
    }
}
