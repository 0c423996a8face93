using System.Text.Json;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>Reads back what a run found.</summary>
internal static class StudyResults
{
    /// <summary>The result of the study's current revision, or null before there is one.</summary>
    public static StudyResult? Find(NodeDbContext db, StudyRecord study)
    {
        StudyResultRecord? stored = db.StudyResults.Find(study.StudyInstanceUid, study.Revision);
        return stored is null ? null : JsonSerializer.Deserialize<StudyResult>(stored.Json, StudyResultJson.Options);
    }
}
