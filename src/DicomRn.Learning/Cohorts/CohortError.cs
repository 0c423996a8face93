namespace DicomRn.Learning.Cohorts;

/// <summary>One thing that is wrong with a cohort.</summary>
/// <param name="Line">Line in <c>cohort.csv</c>, from 1; 0 for the file as a whole.</param>
/// <param name="Column">Name of the column; empty for the whole line.</param>
/// <param name="Reason">What is wrong, for the person who wrote the file.</param>
public sealed record CohortError(int Line, string Column, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => Reason,
        (_, "") => $"line {Line}: {Reason}",
        _ => $"line {Line}, {Column}: {Reason}",
    };
}
