using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;

namespace DicomRn.Learning.Cohorts;

/// <summary>
/// Synthetic cohorts of two hospitals in the common format, with the paper's sizes by default. The first centre has labelled
/// lesions (a part held out by patient) and unlabelled sub-volumes, the second is the external test, and the other half of the unlabelled
/// sub-volumes comes from a mix of other scanners; nothing of the second centre is in the unlabelled half. How the classes
/// look: <see cref="Phantoms.PhantomHead"/>; how they grow and what the clinical columns say: stated at the types that draw them. One
/// number does not separate the classes, and a fair number of lesions look as the other class does.
/// <para>Beside <c>cohort.csv</c> lies <c>truth.csv</c> (class, necrotic share and radius of every row, and for labelled index scans a file with the
/// places of the class signal), which no training may read.</para>
/// </summary>
public static class PhantomCohort
{
    private const string OptionsName = "phantom-cohort.json", DoneName = "finished.jsonl", TruthName = "truth.csv";

    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Writes a cohort, or the rest of one that was interrupted. A complete one is read and left as it is.</summary>
    /// <param name="folder">A new or empty folder, or one with a cohort of the same options.</param>
    /// <param name="options">What to make.</param>
    /// <param name="threads">Patients made at once; the files do not depend on it.</param>
    /// <param name="progress">Fraction of the sub-volumes done.</param>
    /// <param name="cancellationToken">Stops after the patients in work; the next call carries on.</param>
    /// <exception cref="CohortException">The folder holds something else.</exception>
    public static async Task<Cohort> WriteAsync(
        string folder, PhantomCohortOptions options, int threads, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        string root = Path.GetFullPath(folder), done = Path.Combine(root, DoneName);
        KeepOptions(root, options);
        if (File.Exists(Path.Combine(root, Cohort.TableName)))
            return Cohort.Read(root);
        IReadOnlyList<PhantomPatient> patients = PhantomCohortPlan.Of(options);
        foreach (string split in patients.Select(p => CohortValues.Of(p.Split)).Distinct())
        {
            foreach (string kind in new[] { "images", "masks", "truth" })
                Directory.CreateDirectory(Path.Combine(root, kind, split));
        }

        Dictionary<string, Finished> finished = ReadFinished(done);
        int total = patients.Sum(p => p.Scans * p.Classes.Count), made = finished.Values.Sum(f => f.Rows.Count);
        PhantomPatientWriter writer = new(root, options.Edge);
        Lock gate = new();
        using (StreamWriter log = new(done, append: true, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(patients.Where(p => !finished.ContainsKey(p.Id)).ToArray(), parallel, async (patient, cancel) =>
            {
                var rows = await writer.WriteAsync(patient, cancel);
                Finished entry = new(patient.Id, [.. rows.Select(r => r.Entry)], [.. rows.Select(r => r.Truth)]);
                lock (gate)
                {
                    finished.Add(patient.Id, entry);
                    log.WriteLine(JsonSerializer.Serialize(entry, Format));
                    log.Flush();
                    made += rows.Count;
                    progress?.Report((double)made / total);
                }
            });
        }

        Finished[] all = [.. patients.Select(p => finished[p.Id])];
        WriteTruth(Path.Combine(root, TruthName), all.SelectMany(f => f.Truth));
        Cohort.Write(root, [.. all.SelectMany(f => f.Rows)]);
        File.Delete(done);
        return Cohort.Read(root);
    }

    private static void KeepOptions(string root, PhantomCohortOptions options)
    {
        string path = Path.Combine(root, OptionsName), wanted = JsonSerializer.Serialize(options, Format);
        if (File.Exists(path))
        {
            if (File.ReadAllText(path) != wanted)
                throw new CohortException(path, "the folder holds a phantom cohort with other options; give another folder");
            return;
        }

        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new CohortException(root, "the folder is not empty and holds no phantom cohort; give a new folder");
        Directory.CreateDirectory(root);
        File.WriteAllText(path, wanted);
    }

    private static Dictionary<string, Finished> ReadFinished(string path)
    {
        Dictionary<string, Finished> finished = [];
        if (!File.Exists(path))
            return finished;
        // A line that was being written when the program ended has no end; its patient is made again.
        string text = File.ReadAllText(path), whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
            File.WriteAllText(path, whole);
        foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (JsonSerializer.Deserialize<Finished>(line, Format) is { } entry)
                finished[entry.Patient] = entry;
        }

        return finished;
    }

    private static void WriteTruth(string path, IEnumerable<PhantomLesionRow> rows)
    {
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(false));
        using CsvWriter csv = new(writer, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (string column in new[] { "patient", "lesion", "time_point", "class", "necrotic_share", "radius_mm", "signal" })
            csv.WriteField(column);
        csv.NextRecord();
        foreach (PhantomLesionRow row in rows)
        {
            string[] cells =
            [
                row.Patient, row.Lesion, CohortValues.Of(row.TimePoint), CohortValues.Of(row.Class), CohortValues.Of(row.NecroticShare),
                CohortValues.Of(row.RadiusMm), row.Signal,
            ];
            foreach (string cell in cells)
                csv.WriteField(cell);
            csv.NextRecord();
        }
    }

    private sealed record Finished(string Patient, IReadOnlyList<CohortEntry> Rows, IReadOnlyList<PhantomLesionRow> Truth);
}
