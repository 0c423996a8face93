namespace DicomRn.Learning.Evaluation;

/// <summary>What a set is called in tables and names of files.</summary>
public static class SetName
{
    /// <summary>A word without blanks.</summary>
    public static string Of(PredictedSet set) => set switch
    {
        PredictedSet.Development => "out-of-fold",
        PredictedSet.HeldOut => "held-out",
        PredictedSet.External => "external",
        _ => "leave-centre-out",
    };
}
