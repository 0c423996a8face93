using DicomRn.Learning.Model;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Pretraining;

/// <summary>Batches of views; what a batch is follows from the seed and its number alone. Thread-safe.</summary>
internal sealed class PretrainingBatches
{
    private const uint TrainingPurpose = 0x5E1F;
    private const uint ValidationPurpose = 0x5E20;
    private const double DrawWidth = 0.25;
    private readonly ISubVolumes _volumes;
    private readonly IReadOnlyList<int> _chosen;
    private readonly VitConfiguration _configuration;
    private readonly PretrainingSettings _settings;
    private readonly uint _purpose;
    private readonly Dictionary<string, int[]> _serial;
    private readonly double[] _nearness;
    private readonly int _kept;

    /// <param name="volumes">All sub-volumes.</param>
    /// <param name="chosen">The indices used.</param>
    /// <param name="configuration">The encoder's sizes.</param>
    /// <param name="settings">Objective, views, seed.</param>
    /// <param name="validation">Whether the views are those of the validation, which are the same in every epoch.</param>
    public PretrainingBatches(
        ISubVolumes volumes, IReadOnlyList<int> chosen, VitConfiguration configuration, PretrainingSettings settings, bool validation)
    {
        (_volumes, _chosen, _configuration, _settings) = (volumes, chosen, configuration, settings);
        _nearness = new PatchGrid(configuration.ImageSize, configuration.PatchSize).Nearness(DrawWidth);
        _kept = settings.Objective switch
        {
            PretrainingObjective.MaskedContrast => Seen(settings.MaskedShare),
            _ => settings.DroppedShare > 0 ? Seen(settings.DroppedShare) : 0,
        };
        _purpose = validation ? ValidationPurpose : TrainingPurpose;
        _serial = chosen.GroupBy(volumes.Lesion, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Whole batches per epoch.</summary>
    public int PerEpoch => _chosen.Count / _settings.BatchSize;

    /// <summary>The batch of an update, counted from 0 over all epochs.</summary>
    public PretrainingBatch Make(int step)
    {
        int size = _settings.BatchSize, epoch = step / PerEpoch;
        int[] order = _purpose == ValidationPurpose ? [.. Enumerable.Range(0, _chosen.Count)] : SampleOrder.Of(_chosen.Count, _settings.Seed, epoch);
        int[] indices = [.. order.Skip(step % PerEpoch * size).Take(size).Select(n => _chosen[n])];
        int edge = _volumes.Edge, voxels = edge * edge * edge;
        float[] views = new float[2 * size * voxels];
        bool restores = _settings.Objective == PretrainingObjective.RestorationContrast;
        float[] targets = restores ? new float[views.Length] : views;
        long[]? seen = _kept > 0 ? new long[2 * size * _kept] : null;
        float[] image = new float[voxels], mask = new float[voxels];
        PatchFeatures? measure = _settings.Objective == PretrainingObjective.FeatureContrast ? new PatchFeatures(edge, _configuration.PatchSize) : null;
        int measuredPatches = seen is null ? _configuration.Patches : _kept;
        float[]? features = measure is null ? null : new float[2 * size * measuredPatches * PatchFeatures.Count];
        for (int n = 0; n < size; n++)
        {
            SeededRandom random = SeededRandom.For(_settings.Seed, _purpose, (uint)(step * size + n));
            for (int view = 0; view < 2; view++)
            {
                int at = view * size + n;
                Span<float> seenView = views.AsSpan(at * voxels, voxels);
                _volumes.Read(view == 0 ? indices[n] : Partner(indices[n], random), image, mask);
                View.DrawClean(image, default, seenView, default, edge, _settings.Views, random);
                if (seen is not null)
                    DrawKept(seen.AsSpan(at * _kept, _kept), random);
                if (measure is not null)
                    MeasureSeen(measure, at, seenView);
                View.AddNoise(seenView, _settings.Views, random);
                if (restores)
                {
                    seenView.CopyTo(targets.AsSpan(at * voxels, voxels));
                    Corruption.Apply(seenView, edge, _settings.Corruption, random);
                }
            }
        }

        return new PretrainingBatch(size, edge, views, targets, seen, Groups(indices), features);

        void MeasureSeen(PatchFeatures measure, int at, ReadOnlySpan<float> view)
        {
            for (int k = 0; k < measuredPatches; k++)
            {
                int patch = seen is null ? k : (int)seen[at * _kept + k];
                measure.Write(view, patch, features.AsSpan((at * measuredPatches + k) * PatchFeatures.Count, PatchFeatures.Count));
            }
        }
    }

    /// <summary>Another scan of the same lesion where that is wanted and there is one, else the sub-volume itself.</summary>
    private int Partner(int index, SeededRandom random)
    {
        if (!_settings.SerialPairs)
            return index;
        int[] scans = _serial[_volumes.Lesion(index)];
        if (scans.Length == 1)
            return index;
        int drawn = scans[random.Integer(0, scans.Length - 2)];
        return drawn == index ? scans[^1] : drawn;
    }

    private int[] Groups(int[] indices)
    {
        if (!_settings.SerialPairs)
            return [.. Enumerable.Range(0, indices.Length)];
        Dictionary<string, int> numbers = [];
        return [.. indices.Select(n => numbers.TryAdd(_volumes.Lesion(n), numbers.Count) ? numbers.Count - 1 : numbers[_volumes.Lesion(n)])];
    }

    private int Seen(double hidden) => Math.Max(1, (int)Math.Round(_configuration.Patches * (1 - hidden)));

    private void DrawKept(Span<long> kept, SeededRandom random)
    {
        if (_settings.SeenPatches == PatchDraw.TowardsCentre)
        {
            DrawTowardsCentre(kept, random);
            return;
        }

        long[] patches = new long[_configuration.Patches];
        for (int n = 0; n < patches.Length; n++)
            patches[n] = n;
        SampleOrder.Shuffle<long>(patches, random);
        patches.AsSpan(0, kept.Length).Sort();
        patches.AsSpan(0, kept.Length).CopyTo(kept);
    }

    /// <summary>Without replacement, each in proportion to its nearness (Efraimidis and Spirakis 2006).</summary>
    private void DrawTowardsCentre(Span<long> kept, SeededRandom random)
    {
        double[] keys = new double[_configuration.Patches];
        long[] patches = new long[keys.Length];
        for (int n = 0; n < keys.Length; n++)
            (keys[n], patches[n]) = (-Math.Log(1 - random.Next()) / _nearness[n], n);
        Array.Sort(keys, patches);
        patches.AsSpan(0, kept.Length).Sort();
        patches.AsSpan(0, kept.Length).CopyTo(kept);
    }
}
