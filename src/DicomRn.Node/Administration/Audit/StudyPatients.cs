using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Audit;

/// <summary>Finds the patient of a study in one of its files: the state store holds no identity.</summary>
internal sealed class StudyPatients(StateStore store, DataFolders folders)
{
    /// <summary>The patient of a study; <see cref="AuditPatient.Unknown"/> where no file can be read.</summary>
    public async Task<AuditPatient> OfAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        string? path = await store.ReadAsync(db => db.Instances
            .Where(i => i.StudyInstanceUid == studyInstanceUid)
            .OrderBy(i => i.Path)
            .Select(i => i.Path)
            .FirstOrDefaultAsync(cancellationToken));
        if (path is null)
            return AuditPatient.Unknown;
        try
        {
            return AuditPatient.Of((await DicomFile.OpenAsync(folders.Absolute(path), FileReadOption.SkipLargeTags)).Dataset);
        }
        catch (Exception e) when (e is IOException or DicomException or UnauthorizedAccessException)
        {
            return AuditPatient.Unknown;
        }
    }
}
