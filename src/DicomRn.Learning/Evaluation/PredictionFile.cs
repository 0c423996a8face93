using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DicomRn.Learning.Evaluation;

/// <summary>Predictions as CSV: what <c>finetune</c> writes and <c>evaluate</c> reads.</summary>
public static class PredictionFile
{
    private static readonly string[] Columns =
    [
        "model", "set", "repeat", "fold", "centre", "patient", "lesion", "time_point", "label", "logit", "probability", "decision",
    ];

    /// <summary>Writes predictions.</summary>
    public static void Write(string path, IEnumerable<Prediction> predictions)
    {
        using StreamWriter writer = new(path);
        using CsvWriter csv = new(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (string column in Columns)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (Prediction p in predictions)
        {
            string[] cells =
            [
                p.Model, p.Set.ToString().ToLowerInvariant(), Text(p.Repeat), Text(p.Fold), p.Centre, p.Patient, p.Lesion, Text(p.TimePoint),
                p.Progression ? "progression" : "RN", Text(p.Logit), Text(p.Probability), p.Decision,
            ];
            foreach (string cell in cells)
                csv.WriteField(cell);
            csv.NextRecord();
        }
    }

    /// <summary>Reads predictions.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message names it and the line.</exception>
    public static IReadOnlyList<Prediction> Read(string path)
    {
        using StreamReader reader = new(path);
        using CsvReader csv = new(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
                throw new InvalidDataException($"{path}: there are no column names.");
            string[] missing = [.. Columns.Except(csv.HeaderRecord!)];
            if (missing.Length > 0)
                throw new InvalidDataException($"{path}: the columns {string.Join(", ", missing)} are missing.");
            List<Prediction> predictions = [];
            while (csv.Read())
                predictions.Add(Row(csv, path));
            return predictions.Count > 0 ? predictions : throw new InvalidDataException($"{path}: there is no prediction.");
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"{path}, line {csv.Parser.RawRow}: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }

    private static Prediction Row(CsvReader csv, string path)
    {
        string Wrong(string column) => $"{path}, line {csv.Parser.RawRow}, {column}: '{csv.GetField(column)}' cannot be.";
        if (!Enum.TryParse(csv.GetField("set"), ignoreCase: true, out PredictedSet set) || !Enum.IsDefined(set))
            throw new InvalidDataException(Wrong("set"));
        bool progression = csv.GetField("label") switch
        {
            "progression" => true,
            "RN" => false,
            _ => throw new InvalidDataException(Wrong("label")),
        };
        double logit = csv.GetField<double>("logit"), probability = csv.GetField<double>("probability");
        if (!double.IsFinite(logit))
            throw new InvalidDataException(Wrong("logit"));
        if (probability is not (>= 0 and <= 1))
            throw new InvalidDataException(Wrong("probability"));
        return new Prediction(
            csv.GetField("model")!, set, csv.GetField<int>("repeat"), csv.GetField<int>("fold"), csv.GetField("centre")!, csv.GetField("patient")!,
            csv.GetField("lesion")!, csv.GetField<int>("time_point"), progression, logit, probability, csv.GetField("decision")!);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
