namespace DicomRn.Learning.Cohorts;

/// <summary>A cohort cannot be read or written. The message is one line that names the file and what is wrong with it.</summary>
public sealed class CohortException : Exception
{
    private const int Told = 20;

    /// <summary>With everything that is wrong with a file.</summary>
    public CohortException(string file, IReadOnlyList<CohortError> errors)
        : base(Text(file, errors))
    {
        File = file;
        Errors = errors;
    }

    /// <summary>With one reason.</summary>
    public CohortException(string file, string reason)
        : this(file, [new CohortError(0, "", reason)])
    {
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>All that is wrong, in the order of the file; the message holds the first ones.</summary>
    public IReadOnlyList<CohortError> Errors { get; }

    private static string Text(string file, IReadOnlyList<CohortError> errors)
    {
        string first = string.Join("; ", errors.Take(Told));
        string rest = errors.Count > Told ? $"; and {errors.Count - Told} more" : "";
        return $"{file}: {(errors.Count > 1 ? $"{errors.Count} errors: " : "")}{first}{rest}";
    }
}
