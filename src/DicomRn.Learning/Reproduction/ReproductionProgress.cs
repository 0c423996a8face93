namespace DicomRn.Learning.Reproduction;

/// <summary>Where a reproduction stands.</summary>
/// <param name="Number">Which step, from 1.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Step">Its name.</param>
/// <param name="Detail">What it is doing, with the rate and the time left where they are known.</param>
public sealed record ReproductionProgress(int Number, int Steps, string Step, string Detail)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"[{Number}/{Steps}] {Step}: {Detail}";
}
