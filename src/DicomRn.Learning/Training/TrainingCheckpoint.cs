using DicomRn.Learning.Model;

namespace DicomRn.Learning.Training;

/// <summary>The checkpoint of a training on phantoms.</summary>
internal static class TrainingCheckpoint
{
    private sealed record State(int Step, double BestAuc);

    public static void Write(string runFolder, VisionTransformer model, PatchHead? head, AdamW optimizer, int step, double bestAuc) =>
        RunCheckpoint.Write(
            runFolder, model.Export().Concat(head?.Export() ?? []).ToDictionary(), optimizer.Export(), new State(step, bestAuc));

    /// <summary>Restores a run; false where there is none to restore.</summary>
    public static bool TryRead(string runFolder, VisionTransformer model, PatchHead? head, AdamW optimizer, out int step, out double bestAuc)
    {
        (step, bestAuc) = (0, 0);
        if (RunCheckpoint.TryRead<State>(runFolder) is not { } stored)
            return false;
        model.Import(head?.Import(stored.Weights) ?? stored.Weights);
        optimizer.Import(stored.Optimizer);
        (step, bestAuc) = (stored.State.Step, stored.State.BestAuc);
        return true;
    }
}
