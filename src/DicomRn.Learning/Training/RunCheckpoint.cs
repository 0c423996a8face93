using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Training;

/// <summary>A training run on disk: a folder that is replaced as a whole, so that an interruption leaves the one before.</summary>
internal static class RunCheckpoint
{
    private const string Folder = "checkpoint";
    private const string Before = ".before";
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What a checkpoint holds.</summary>
    public sealed record Stored<T>(
        IReadOnlyDictionary<string, StoredTensor> Weights, IReadOnlyDictionary<string, StoredTensor> Optimizer, T State)
        where T : class;

    public static void Write<T>(
        string runFolder, IReadOnlyDictionary<string, StoredTensor> weights, IReadOnlyDictionary<string, StoredTensor> optimizer, T state)
        where T : class
    {
        string next = Path.Combine(runFolder, Folder + ".next"), current = Path.Combine(runFolder, Folder), before = Path.Combine(runFolder, Folder + Before);
        Remove(next);
        Directory.CreateDirectory(next);
        SafeTensors.Write(Path.Combine(next, "weights.safetensors"), weights);
        SafeTensors.Write(Path.Combine(next, "optimizer.safetensors"), optimizer);
        RunFolder.WriteWhole(Path.Combine(next, "state.json"), JsonSerializer.Serialize(state, Json));
        // A folder that is being deleted is no checkpoint any more, but would look like one: it gets out of the way by its name first.
        if (Directory.Exists(current))
        {
            Remove(before);
            Directory.Move(current, before);
        }

        Directory.Move(next, current);
        Remove(before);
    }

    /// <summary>The last checkpoint, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">A file of it is not well-formed.</exception>
    public static Stored<T>? TryRead<T>(string runFolder)
        where T : class
    {
        string folder = Path.Combine(runFolder, Folder);
        // Between the two renames of a replacement only the one before has a name to be trusted.
        if (!Directory.Exists(folder))
            folder = Path.Combine(runFolder, Folder + Before);
        string statePath = Path.Combine(folder, "state.json");
        if (!File.Exists(statePath))
            return null;
        try
        {
            T state = JsonSerializer.Deserialize<T>(File.ReadAllText(statePath), Json)
                ?? throw new InvalidDataException($"{statePath} is empty.");
            return new Stored<T>(
                SafeTensors.Read(Path.Combine(folder, "weights.safetensors")),
                SafeTensors.Read(Path.Combine(folder, "optimizer.safetensors")),
                state);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{statePath}: {e.Message}", e);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
