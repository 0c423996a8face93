using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Cohorts;

namespace DicomRn.Commands;

/// <summary>What a cohort holds, as a table.</summary>
internal static class CohortTable
{
    public static void Write(Cohort cohort, TextWriter output)
    {
        TextTable table = new("split", "centre", ">patients", ">lesions", ">RN", ">progression", ">scans");
        foreach (CohortSummary s in CohortSummary.Of(cohort.Entries))
            table.Add(s.Split.ToString().ToLowerInvariant(), s.Centre, Text(s.Patients), Text(s.Lesions), Text(s.RadiationNecrosis), Text(s.Progression), Text(s.Scans));
        table.Write(output);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
