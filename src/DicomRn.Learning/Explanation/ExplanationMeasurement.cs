using DicomRn.Learning.Classification;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Explanation;

/// <summary>
/// Measures a pack's attention maps on phantoms, in which it is known where the look of a class can be seen. The maps are those of the
/// transformer; a pack with clinical variables is told those of the phantom as a phantom cohort has them, some of them missing, and they stay the same
/// while patches are occluded.
/// </summary>
public static class ExplanationMeasurement
{
    // Far from the seeds of trainings and their tests.
    private const int FirstSeed = 900_000_000;
    private const int SeedsApart = 10_000;

    /// <summary>The largest number of phantoms, so that two seeds share none.</summary>
    public const int LargestPhantoms = SeedsApart;

    /// <summary>The largest seed.</summary>
    public const int LargestSeed = 100_000;

    /// <summary>Measures a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="phantoms">Number of phantom patients, half of each centre, 2 or more.</param>
    /// <param name="seed">Decides the phantoms and the random weights.</param>
    /// <param name="settings">Threads and libtorch; it computes on the CPU.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModelPackException">A file of the pack is changed or does not fit the manifest.</exception>
    public static ExplanationResult Run(
        ModelPack pack, int phantoms, int seed, InferenceSettings settings, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(phantoms, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(phantoms, LargestPhantoms);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seed, LargestSeed);
        TorchRuntime.Initialize(settings.LibTorchDirectory);
        TorchRuntime.SetThreads(settings.Threads);
        pack.RequireUnchanged();
        using PackNetwork network = PackNetwork.Read(pack);
        VisionTransformer model = network.Encoder;
        VitConfiguration sizes = model.Configuration;
        List<LesionMaps> lesions = [];
        for (int n = 0; n < phantoms; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PhantomCentre centre = n % 2 == 0 ? PhantomCentre.First : PhantomCentre.Second;
            PhantomScene scene = new(new PhantomOptions { Seed = FirstSeed + (seed * SeedsApart) + n, Centre = centre, LesionCount = 1 });
            LesionCrop crop = PhantomSamples.Crop(scene, pack.Manifest.Preprocessing, cancellationToken);
            lesions.Add(LesionMaps.Of(network, crop, Clinical(scene, FirstSeed + (seed * SeedsApart) + n, centre, crop), PhantomMasks.Signal(scene, 0, crop.Grid), cancellationToken));
            progress?.Report(0.8 * (n + 1) / phantoms);
        }

        return new ExplanationResult(
            $"{pack.Manifest.Name} {pack.Manifest.Version}", pack.Fingerprint, phantoms, seed,
            Agreement(lesions, sizes, seed), Occlusion(lesions, sizes, seed), Sanity(network, lesions, seed, progress, cancellationToken));
    }

    private static CohortClinicalData Clinical(PhantomScene scene, int seed, PhantomCentre centre, LesionCrop crop) =>
        new PhantomClinicalRows(new PhantomPatient("", seed, centre, CohortSplit.External, scene.Classes, Scans: 1)).Of(0, 0, crop.VolumeMm3);

    private static ExplanationAgreement[] Agreement(IReadOnlyList<LesionMaps> lesions, VitConfiguration sizes, int seed) =>
    [
        .. LesionMaps.Names.Append(LesionMaps.OcclusionName).Concat(LesionMaps.ControlNames).Select(name =>
        {
            MapAgreement?[] measured = [.. lesions.Select(l => MapAgreement.Of(l.Map(name, sizes), l.Signal, l.Lesion))];
            return new ExplanationAgreement(
                name,
                MeanOverLesions.Of(measured.Select(m => m?.Auc), seed),
                MeanOverLesions.Of(measured.Select(m => m?.LesionAuc), seed),
                MeanOverLesions.Of(measured.Select(m => m?.Enrichment), seed),
                MeanOverLesions.Of(measured.Select(m => m is null ? (double?)null : m.Hit ? 1 : 0), seed));
        }),
    ];

    private static ExplanationOcclusion[] Occlusion(IReadOnlyList<LesionMaps> lesions, VitConfiguration sizes, int seed) =>
    [
        .. LesionMaps.Names.Concat(LesionMaps.ControlNames).Select(name => new ExplanationOcclusion(
            name, MeanOverLesions.Of(lesions.Select(l => (double?)Correlation.OfRanks(l.Map(name, sizes), l.Map(LesionMaps.OcclusionName, sizes))), seed))),
    ];

    private static List<ExplanationSanity> Sanity(
        PackNetwork network, IReadOnlyList<LesionMaps> lesions, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        List<ExplanationSanity> steps = [];
        VisionTransformer model = network.Encoder;
        IReadOnlyList<string> parts = [.. network.HasFusion ? new[] { PackNetwork.FusionPart } : [], .. CascadingRandomization.Parts(model.Configuration)];
        for (int n = 0; n < parts.Count; n++)
        {
            if (parts[n] == PackNetwork.FusionPart)
                network.ForgetFusion(seed + n);
            else
                CascadingRandomization.Forget(model, parts[n], seed + n);
            (double[] LastLayer, double[] Rollout)[] now = [.. lesions.Select(l =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return l.Attention(network);
            })];
            steps.Add(new ExplanationSanity(parts[n], LesionMaps.LastLayerName, MeanOverLesions.Of(
                lesions.Select((l, i) => (double?)Correlation.OfRanks(l.LastLayer, now[i].LastLayer)), seed)));
            steps.Add(new ExplanationSanity(parts[n], LesionMaps.RolloutName, MeanOverLesions.Of(
                lesions.Select((l, i) => (double?)Correlation.OfRanks(l.Rollout, now[i].Rollout)), seed)));
            progress?.Report(0.8 + (0.2 * (n + 1) / parts.Count));
        }

        return steps;
    }
}
