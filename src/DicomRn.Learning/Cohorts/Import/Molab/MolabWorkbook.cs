using MiniExcelLibs;

namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>The clinical workbook: sheet <c>Hoja1</c>, a code book, headers, and from row 16 on one row per lesion, then footers.</summary>
internal static class MolabWorkbook
{
    private const string Sheet = "Hoja1";
    private const int FirstRow = 16, PatientDigits = 6, LastColumn = 92;
    private const int Patient = 0, Age = 1, Sex = 2, Lesion = 4, PrimaryCode = 5, WholeBrain = 23, Radiosurgery = 31, Necrosis = 43;
    private const int SurgeryType = 44, SurgeryTime = 45, FirstMr = 74;

    private static readonly string[] Primaries =
    [
        "breast", "NSCLC", "SCLC", "melanoma", "kidney", "colon", "bladder", "unknown", "ovary", "pharynx", "sarcoma", "uterus",
    ];

    /// <exception cref="CohortException">The file is no workbook or has no such sheet.</exception>
    public static IReadOnlyList<MolabLesion> Read(string path, List<LeftOut> leftOut)
    {
        List<MolabLesion> lesions = [];
        int number = 0;
        foreach (MolabCell[] row in Rows(path))
        {
            number++;
            if (number < FirstRow || row.All(c => c.Text is null))
                continue;
            string name = $"row {number} of {Path.GetFileName(path)}";
            if (PatientId(row[Patient]) is not { } patient || row[Lesion].Whole is not > 0)
            {
                // A footer has text in its first cells and no lesion; a row without a patient is a mistake.
                leftOut.Add(new(name, row[Lesion].Whole is > 0 ? "a lesion without a patient" : "no lesion: a footer"));
                continue;
            }

            MolabLesion lesion = Of(row, patient);
            if (lesions.Any(l => l.Patient == patient && l.Lesion == lesion.Lesion))
                leftOut.Add(new(name, $"lesion {lesion.Lesion} of {patient} a second time"));
            else
                lesions.Add(lesion);
        }

        return lesions;
    }

    private static MolabLesion Of(MolabCell[] row, string patient) => new()
    {
        Patient = patient,
        Lesion = row[Lesion].Whole!.Value,
        AgeYears = row[Age].Number is >= 0 and <= 130 and var age ? age : null,
        Sex = row[Sex].Whole switch { 1 => PatientSex.Female, 2 => PatientSex.Male, _ => null },
        Primary = row[PrimaryCode].Whole is >= 1 and <= 12 and var code ? Primaries[code - 1] : null,
        WholeBrain = Courses(row, WholeBrain, 2),
        Radiosurgery = Courses(row, Radiosurgery, 3),
        NecrosisDay = row[Necrosis].Day,
        Surgery = row[SurgeryType].Text is not (null or "0") || row[SurgeryTime].Day is not null,
        SurgeryDay = row[SurgeryTime].Day,
        MrDays = [.. row[FirstMr..].Where(c => c.Number is not null).Select(c => MolabTime.OfSerial(c.Number!.Value))],
    };

    private static MolabCourse[] Courses(MolabCell[] row, int first, int count) =>
    [
        .. Enumerable.Range(0, count).Select(n => first + 4 * n)
            .Select(at => MolabCourse.Read(row[at], row[at + 1], row[at + 2], row[at + 3])).OfType<MolabCourse>(),
    ];

    /// <summary>Six digits; a cell that Excel made a number of has lost its leading zero.</summary>
    private static string? PatientId(MolabCell cell) =>
        cell.Text is { Length: <= PatientDigits } text && text.All(char.IsAsciiDigit) ? text.PadLeft(PatientDigits, '0') : null;

    private static IEnumerable<MolabCell[]> Rows(string path)
    {
        IEnumerable<IDictionary<string, object?>> rows;
        try
        {
            if (!MiniExcel.GetSheetNames(path).Contains(Sheet))
                throw new CohortException(path, $"there is no sheet {Sheet}");
            rows = [.. MiniExcel.Query(path, useHeaderRow: false, sheetName: Sheet).Cast<IDictionary<string, object?>>()];
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or NotSupportedException or System.Xml.XmlException)
        {
            throw new CohortException(path, $"cannot be read as an .xlsx workbook ({damaged.Message})");
        }

        foreach (IDictionary<string, object?> row in rows)
        {
            MolabCell[] cells = new MolabCell[LastColumn + 1];
            for (int n = 0; n < cells.Length; n++)
                cells[n] = new MolabCell(row.TryGetValue(Letters(n), out object? value) ? value : null);
            yield return cells;
        }
    }

    private static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
