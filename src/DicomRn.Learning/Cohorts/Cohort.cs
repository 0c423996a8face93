using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace DicomRn.Learning.Cohorts;

/// <summary>
/// A data set in the common format: a folder with <c>cohort.csv</c> and NIfTI files. Every site can write it.
/// <para>
/// <c>cohort.csv</c> is UTF-8 with a line of column names, separated by comma, semicolon or tabulator, decimals with a point; a row is one
/// lesion on one scan, or one scan in which no lesion is marked. An empty cell, or a column that is left out, is a missing value.
/// Columns:
/// </para>
/// <list type="table">
/// <item><term>patient</term><description>Required. Any text. Splits and folds are by patient.</description></item>
/// <item><term>lesion</term><description>Any text, the same for the same lesion on every scan; empty without a mask.</description></item>
/// <item><term>time_point</term><description>1 for the patient's first scan, rising with time; 1 where empty.</description></item>
/// <item><term>days</term><description>Days since the patient's first scan.</description></item>
/// <item><term>image</term><description>Required. T1 with contrast agent, <c>.nii</c> or <c>.nii.gz</c>; a path relative to the folder, or a
/// full one. The whole head, or a sub-volume with <c>brain_median</c>.</description></item>
/// <item><term>mask</term><description>The lesion alone (above 0 is inside), a path as for <c>image</c>; on any grid in the same space.</description></item>
/// <item><term>label</term><description><c>RN</c> or <c>progression</c>, the same on all scans of the lesion; empty where not known.</description></item>
/// <item><term>centre</term><description>Required. Hospital or data set.</description></item>
/// <item><term>split</term><description><c>development</c>, <c>heldout</c>, <c>external</c> or <c>unlabelled</c>, the same for all rows of a
/// patient; where empty, development for a patient with a label and unlabelled for one without.</description></item>
/// <item><term>index</term><description><c>yes</c> on the one scan of a labelled lesion that the question is asked of; where no row of the
/// lesion says so, the last scan.</description></item>
/// <item><term>brain_median</term><description>Median of the brain's intensities, for a sub-volume.</description></item>
/// <item><term>age_years, sex, primary</term><description>Years; <c>F</c> or <c>M</c>; any text.</description></item>
/// <item><term>dose_gy, fractions, wbrt, surgery</term><description>Radiosurgery of the lesion: total dose, number of fractions; <c>yes</c> or
/// <c>no</c> for whole-brain radiotherapy and for an operation on the lesion before the scan.</description></item>
/// <item><term>months_since_srs, lesion_volume_mm3</term><description>On the day of the scan.</description></item>
/// </list>
/// <para>Columns whose names begin with <c>x_</c> are the site's own and not read; any other column is an error.</para>
/// </summary>
public sealed class Cohort
{
    /// <summary>The name of the table in a cohort's folder.</summary>
    public const string TableName = "cohort.csv";

    private static readonly string[] Delimiters = [",", ";", "\t"];

    private Cohort(string folder, IReadOnlyList<CohortEntry> entries)
    {
        Folder = folder;
        Entries = entries;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>All rows, in the order of the file.</summary>
    public IReadOnlyList<CohortEntry> Entries { get; }

    /// <summary>The index scans of the labelled lesions of a split: what training and tests count as cases.</summary>
    public IReadOnlyList<CohortEntry> Cases(CohortSplit split) => [.. Entries.Where(e => e.IsIndex && e.Split == split)];

    /// <summary>Every scan that pre-training may see: those of unlabelled and of development patients, labelled or not.</summary>
    public IReadOnlyList<CohortEntry> PretrainingScans() =>
        [.. Entries.Where(e => e.Split is CohortSplit.Unlabelled or CohortSplit.Development)];

    /// <summary>Reads a cohort. The images are not opened, only looked for.</summary>
    /// <exception cref="CohortException">The table is missing or wrong; the exception tells of all errors at once.</exception>
    public static Cohort Read(string folder)
    {
        string root = Path.GetFullPath(folder), table = Path.Combine(root, TableName);
        if (!File.Exists(table))
            throw new CohortException(table, "there is no such file");
        List<CohortError> errors = [];
        List<(int, CohortEntry)> rows = [];
        HashSet<int> damaged = [];
        try
        {
            using StreamReader reader = new(table, new UTF8Encoding(false, throwOnInvalidBytes: true));
            using CsvReader csv = new(reader, Configuration(damaged));
            HashSet<string> columns = Columns(csv, errors);
            while (errors.All(e => e.Line != 1) && csv.Read())
            {
                CohortRow row = new(csv, columns, root, errors);
                if (row.Read() is { } entry)
                    rows.Add((row.Line, entry));
            }
        }
        catch (DecoderFallbackException)
        {
            errors.Add(new CohortError(0, "", "is not UTF-8"));
        }

        IReadOnlyList<CohortEntry> entries = CohortChecks.Complete(rows, errors);
        errors.RemoveAll(e => damaged.Contains(e.Line));
        errors.AddRange(damaged.Select(line => new CohortError(line, "", "cannot be read as CSV: a quotation mark inside a cell, or one that does not end")));
        if (errors.Count == 0 && entries.Count == 0)
            errors.Add(new CohortError(0, "", "holds no row"));
        if (errors.Count > 0)
            throw new CohortException(table, [.. errors.OrderBy(e => e.Line)]);
        return new Cohort(root, entries);
    }

    /// <summary>
    /// Writes <c>cohort.csv</c> into a folder; the files are there already. Paths below the folder are written relative to it, others in
    /// full.
    /// </summary>
    /// <exception cref="CohortException">The rows contradict each other; nothing is written.</exception>
    public static void Write(string folder, IReadOnlyList<CohortEntry> entries)
    {
        string root = Path.GetFullPath(folder), table = Path.Combine(root, TableName);
        List<CohortError> errors = [];
        CohortChecks.Complete([.. entries.Select((e, n) => (n + 2, e))], errors);
        if (errors.Count > 0)
            throw new CohortException(table, errors);
        // Whole or not at all: a table that is there is a cohort that is complete.
        string unfinished = table + ".part";
        using (StreamWriter writer = new(unfinished, append: false, new UTF8Encoding(false)))
        using (CsvWriter csv = new(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            foreach (string column in CohortColumns.All)
                csv.WriteField(column);
            csv.NextRecord();
            foreach (CohortEntry entry in entries)
            {
                foreach (string cell in Cells(entry, root))
                    csv.WriteField(cell);
                csv.NextRecord();
            }
        }

        File.Move(unfinished, table, overwrite: true);
    }

    private static CsvConfiguration Configuration(HashSet<int> damagedLines) => new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = Delimiters,
        TrimOptions = TrimOptions.Trim,
        PrepareHeaderForMatch = header => header.Header.Trim(),
        MissingFieldFound = null,
        BadDataFound = data => damagedLines.Add(data.Context.Parser?.RawRow ?? 0),
    };

    private static HashSet<string> Columns(CsvReader csv, List<CohortError> errors)
    {
        HashSet<string> columns = [];
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
        {
            errors.Add(new CohortError(1, "", "there are no column names"));
            return columns;
        }

        foreach (string name in header.Select(h => h.Trim()))
        {
            if (!columns.Add(name))
                errors.Add(new CohortError(1, name, "the column stands here twice"));
            else if (!CohortColumns.All.Contains(name) && !name.StartsWith(CohortColumns.OwnPrefix, StringComparison.Ordinal))
                errors.Add(new CohortError(1, name, $"no such column; there are {string.Join(", ", CohortColumns.All)} and own ones that begin with {CohortColumns.OwnPrefix}"));
        }

        foreach (string name in CohortColumns.Required.Where(c => !columns.Contains(c)))
            errors.Add(new CohortError(1, name, "the column is missing"));
        return columns;
    }

    private static string[] Cells(CohortEntry e, string root) =>
    [
        e.Patient, e.Lesion ?? "", CohortValues.Of(e.TimePoint), CohortValues.Of(e.Days), Relative(e.Image, root),
        e.Mask is null ? "" : Relative(e.Mask, root), CohortValues.Of(e.Label), e.Centre, CohortValues.Of(e.Split),
        e.Label is null ? "" : CohortValues.Of(e.IsIndex), CohortValues.Of(e.BrainMedian),
        CohortValues.Of(e.Clinical.AgeYears), CohortValues.Of(e.Clinical.Sex), e.Clinical.Primary ?? "",
        CohortValues.Of(e.Clinical.DoseGy), CohortValues.Of(e.Clinical.Fractions),
        CohortValues.Of(e.Clinical.WholeBrainRadiotherapy), CohortValues.Of(e.Clinical.Surgery),
        CohortValues.Of(e.Clinical.MonthsSinceRadiosurgery), CohortValues.Of(e.Clinical.LesionVolumeMm3),
    ];

    private static string Relative(string path, string root)
    {
        string full = Path.GetFullPath(path, root), relative = Path.GetRelativePath(root, full);
        bool below = !Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal);
        return below ? relative.Replace(Path.DirectorySeparatorChar, '/') : full;
    }
}
