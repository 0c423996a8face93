namespace DicomRn.Benchmarks.Inference;

/// <summary>One who computes the same transformer.</summary>
internal interface IInferenceContestant : IDisposable
{
    /// <summary>Its name and version.</summary>
    string Name { get; }

    /// <summary>Logits [B], then pooled tokens [B, hidden].</summary>
    float[] Output();

    /// <summary>Seconds of some passes, one after the other.</summary>
    double Run(int passes);
}
