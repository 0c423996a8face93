using CsvHelper;

namespace DicomRn.Learning.Cohorts;

/// <summary>One line of <c>cohort.csv</c> while it is read: cells by column, and what is wrong with them.</summary>
internal sealed class CohortRow(CsvReader csv, IReadOnlySet<string> columns, string folder, List<CohortError> errors)
{
    private readonly int _line = csv.Parser.RawRow;

    public int Line => _line;

    /// <summary>Reads the line; what cannot be read is an error and missing. Null where the line is no use at all.</summary>
    public CohortEntry? Read()
    {
        string? patient = Required(CohortColumns.Patient), centre = Required(CohortColumns.Centre), image = Required(CohortColumns.Image);
        if (patient is null || centre is null || image is null)
            return null;
        return new CohortEntry
        {
            Patient = patient,
            Lesion = Text(CohortColumns.Lesion),
            TimePoint = Value(CohortColumns.TimePoint, CohortValues.Count) ?? 1,
            Days = Value(CohortColumns.Days, CohortValues.Number),
            Image = Existing(CohortColumns.Image, image),
            Mask = Text(CohortColumns.Mask) is { } mask ? Existing(CohortColumns.Mask, mask) : null,
            Label = Value(CohortColumns.Label, CohortValues.Label),
            Centre = centre,
            // An empty cell is settled when all lines of the patient are known.
            Split = Value(CohortColumns.Split, CohortValues.Split) ?? CohortChecks.NotGiven,
            IsIndex = Value(CohortColumns.Index, CohortValues.Answer) ?? false,
            BrainMedian = Value(CohortColumns.BrainMedian, CohortValues.Positive),
            Clinical = new CohortClinicalData
            {
                AgeYears = Value(CohortColumns.Age, CohortValues.Age),
                Sex = Value(CohortColumns.Sex, CohortValues.Sex),
                Primary = Text(CohortColumns.Primary),
                DoseGy = Value(CohortColumns.Dose, CohortValues.Positive),
                Fractions = Value(CohortColumns.Fractions, CohortValues.Count),
                WholeBrainRadiotherapy = Value(CohortColumns.WholeBrain, CohortValues.Answer),
                Surgery = Value(CohortColumns.Surgery, CohortValues.Answer),
                MonthsSinceRadiosurgery = Value(CohortColumns.Months, CohortValues.Number),
                LesionVolumeMm3 = Value(CohortColumns.Volume, CohortValues.Positive),
            },
        };
    }

    private string? Required(string column)
    {
        if (Text(column) is { } text)
            return text;
        Add(column, "is empty");
        return null;
    }

    private string? Text(string column) =>
        columns.Contains(column) && csv.TryGetField(column, out string? text) && text is { Length: > 0 } ? text : null;

    private T? Value<T>(string column, Func<string, T> parse)
        where T : struct
    {
        if (Text(column) is not { } text)
            return null;
        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            Add(column, wrong.Message);
            return null;
        }
    }

    private string Existing(string column, string path)
    {
        string full = Path.GetFullPath(Path.Combine(folder, path));
        if (!File.Exists(full))
            Add(column, $"there is no file {full}");
        return full;
    }

    private void Add(string column, string reason) => errors.Add(new CohortError(_line, column, reason));
}
