using System.Security.Cryptography;
using DicomRn.Learning.Configuration;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Reproduction;

/// <summary>
/// The folder of a reproduction, for one process at a time: <c>reproduction.json</c>, a subfolder for each step, and below <c>steps</c> a mark
/// for each step that is done, with the checksum of what came of it.
/// </summary>
internal sealed class ReproductionFolder : IDisposable
{
    private const string PlanName = "reproduction.json", LockName = "reproduction.lock", MarksName = "steps";
    private readonly FileStream _lock;

    private ReproductionFolder(string root, FileStream held, ReproductionPlan plan) => (Root, _lock, Plan) = (root, held, plan);

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The plan of what is done here: that which it was begun with.</summary>
    public ReproductionPlan Plan { get; }

    /// <summary>Takes a new or empty folder, or one with a reproduction of the same seed and size, which is carried on with its own plan.</summary>
    /// <exception cref="InvalidDataException">It holds something else, or another process works in it.</exception>
    /// <exception cref="ConfigurationException">Its plan cannot be read.</exception>
    public static ReproductionFolder Open(string folder, ReproductionPlan wanted)
    {
        string root = Path.GetFullPath(folder), path = Path.Combine(root, PlanName), mark = Path.Combine(root, LockName);
        if (File.Exists(root))
            throw new InvalidDataException($"{root} is a file, not a folder.");
        if (!File.Exists(path) && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any(e => !Path.GetFileName(e).StartsWith(LockName, StringComparison.Ordinal) && e != path + ".part"))
            throw new InvalidDataException($"{root} is not empty and holds no reproduction; give a new folder.");
        Directory.CreateDirectory(root);
        FileStream held = Hold(root, mark);
        try
        {
            if (!File.Exists(path))
                RunFolder.WriteWhole(path, ConfigurationFile.Write(wanted));
            ReproductionPlan plan = ConfigurationFile.Read<ReproductionPlan>(path, _ => []);
            return plan.Seed == wanted.Seed && plan.Quick == wanted.Quick
                ? new ReproductionFolder(root, held, plan)
                : throw new InvalidDataException($"{root} holds the reproduction {Named(plan)}, not {Named(wanted)}; give another folder.");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>A path below the folder.</summary>
    public string Into(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Whether a step is done.</summary>
    /// <exception cref="InvalidDataException">What came of it is not there any more, or was changed.</exception>
    public bool IsDone(string step, string result)
    {
        string mark = Into(MarksName, step);
        if (!File.Exists(mark))
            return false;
        return File.Exists(result) && File.ReadAllText(mark) == Checksum(result)
            ? true
            : throw new InvalidDataException($"{result} is not what the step {step} left there; delete {mark} to do it again, or give another folder.");
    }

    /// <summary>Marks a step as done, durably.</summary>
    public void MarkDone(string step, string result)
    {
        Directory.CreateDirectory(Into(MarksName));
        RunFolder.WriteWhole(Into(MarksName, step), Checksum(result));
    }

    /// <summary>Lets the next process in.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Hold(string root, string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (Directory.Exists(root))
        {
            throw new InvalidDataException($"Another process works in {root}, or nothing can be written there ({e.Message})", e);
        }
    }

    private static string Named(ReproductionPlan plan) => $"with seed {plan.Seed}{(plan.Quick ? " and small numbers (--quick)" : "")}";

    private static string Checksum(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
