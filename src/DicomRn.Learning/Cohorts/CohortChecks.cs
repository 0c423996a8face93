namespace DicomRn.Learning.Cohorts;

/// <summary>What must hold between the lines of a cohort, and what follows from them where cells are empty.</summary>
internal static class CohortChecks
{
    /// <summary>A split that the file leaves open.</summary>
    public const CohortSplit NotGiven = (CohortSplit)(-1);

    public static IReadOnlyList<CohortEntry> Complete(IReadOnlyList<(int Line, CohortEntry Entry)> rows, List<CohortError> errors)
    {
        Dictionary<(string, string?, int), int> seen = [];
        foreach ((int line, CohortEntry e) in rows)
        {
            if (!seen.TryAdd((e.Patient, e.Lesion, e.TimePoint), line))
                errors.Add(new(line, "", $"the same patient, lesion and time point as line {seen[(e.Patient, e.Lesion, e.TimePoint)]}"));
            if (e.Mask is not null && e.Lesion is null)
                errors.Add(new(line, CohortColumns.Lesion, "is empty, but there is a mask"));
            if (e.Label is not null && e.Mask is null)
                errors.Add(new(line, CohortColumns.Mask, "is empty, but the lesion has a label"));
        }

        Dictionary<string, CohortSplit> splits = Splits(rows, errors);
        HashSet<int> index = Index(rows, errors);
        return [.. rows.Select(r => r.Entry with { Split = splits[r.Entry.Patient], IsIndex = index.Contains(r.Line) })];
    }

    private static Dictionary<string, CohortSplit> Splits(IReadOnlyList<(int Line, CohortEntry Entry)> rows, List<CohortError> errors)
    {
        Dictionary<string, CohortSplit> splits = [];
        foreach (IGrouping<string, (int Line, CohortEntry Entry)> patient in rows.GroupBy(r => r.Entry.Patient))
        {
            bool labelled = patient.Any(r => r.Entry.Label is not null);
            (int first, CohortEntry? told) = patient.FirstOrDefault(r => r.Entry.Split != NotGiven);
            CohortSplit split = told?.Split ?? (labelled ? CohortSplit.Development : CohortSplit.Unlabelled);
            foreach ((int line, CohortEntry e) in patient)
            {
                if (e.Split != NotGiven && e.Split != split)
                    errors.Add(new(line, CohortColumns.Split, $"is {CohortValues.Of(e.Split)}, but {CohortValues.Of(split)} for the same patient on line {first}"));
                else if (split == CohortSplit.Unlabelled && e.Label is not null)
                    errors.Add(new(line, CohortColumns.Label, "is given, but the patient is unlabelled"));
            }

            splits[patient.Key] = split;
        }

        return splits;
    }

    /// <summary>The lines of the index scans: those marked, or the last scan of a labelled lesion.</summary>
    private static HashSet<int> Index(IReadOnlyList<(int Line, CohortEntry Entry)> rows, List<CohortError> errors)
    {
        HashSet<int> index = [];
        foreach (var lesion in rows.Where(r => r.Entry.Lesion is not null).GroupBy(r => (r.Entry.Patient, r.Entry.Lesion)))
        {
            (int labelLine, CohortEntry? labelled) = lesion.FirstOrDefault(r => r.Entry.Label is not null);
            if (labelled is null)
            {
                foreach ((int line, CohortEntry _) in lesion.Where(r => r.Entry.IsIndex))
                    errors.Add(new(line, CohortColumns.Index, "is yes, but the lesion has no label"));
                continue;
            }

            foreach ((int line, CohortEntry e) in lesion.Where(r => r.Entry.Label != labelled.Label))
            {
                errors.Add(new(line, CohortColumns.Label,
                    $"is {(e.Label is null ? "empty" : CohortValues.Of(e.Label))}, but {CohortValues.Of(labelled.Label)} for the same lesion on line {labelLine}"));
            }

            (int Line, CohortEntry Entry)[] marked = [.. lesion.Where(r => r.Entry.IsIndex)];
            foreach ((int line, CohortEntry _) in marked.Skip(1))
                errors.Add(new(line, CohortColumns.Index, $"is yes, as on line {marked[0].Line} for the same lesion; one scan is the index scan"));
            index.Add(marked.Length > 0 ? marked[0].Line : lesion.MaxBy(r => r.Entry.TimePoint).Line);
        }

        return index;
    }
}
