using System.Text.Json;
using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Training;

/// <summary>A training run on disk: a folder that is replaced as a whole, so that an interruption leaves the one before.</summary>
internal static class TrainingCheckpoint
{
    private const string Folder = "checkpoint";

    private sealed record State(int Step, double BestAuc);

    public static void Write(string runFolder, VisionTransformer model, PatchHead? head, AdamW optimizer, int step, double bestAuc)
    {
        string next = Path.Combine(runFolder, Folder + ".next"), current = Path.Combine(runFolder, Folder);
        if (Directory.Exists(next))
            Directory.Delete(next, recursive: true);
        Directory.CreateDirectory(next);
        SafeTensors.Write(Path.Combine(next, "weights.safetensors"), model.Export().Concat(head?.Export() ?? []).ToDictionary());
        SafeTensors.Write(Path.Combine(next, "optimizer.safetensors"), optimizer.Export());
        File.WriteAllText(Path.Combine(next, "state.json"), JsonSerializer.Serialize(new State(step, bestAuc)));
        if (Directory.Exists(current))
            Directory.Delete(current, recursive: true);
        Directory.Move(next, current);
    }

    /// <summary>Restores a run; false where there is none to restore.</summary>
    public static bool TryRead(string runFolder, VisionTransformer model, PatchHead? head, AdamW optimizer, out int step, out double bestAuc)
    {
        (step, bestAuc) = (0, 0);
        string folder = Path.Combine(runFolder, Folder);
        // Between the two renames of a replacement only the next one is there, and whole.
        if (!Directory.Exists(folder))
            folder = Path.Combine(runFolder, Folder + ".next");
        string statePath = Path.Combine(folder, "state.json");
        if (!File.Exists(statePath))
            return false;
        State state = JsonSerializer.Deserialize<State>(File.ReadAllText(statePath))
            ?? throw new InvalidDataException($"{statePath} is empty.");
        IReadOnlyDictionary<string, StoredTensor> weights = SafeTensors.Read(Path.Combine(folder, "weights.safetensors"));
        model.Import(head?.Import(weights) ?? weights);
        optimizer.Import(SafeTensors.Read(Path.Combine(folder, "optimizer.safetensors")));
        (step, bestAuc) = (state.Step, state.BestAuc);
        return true;
    }
}
