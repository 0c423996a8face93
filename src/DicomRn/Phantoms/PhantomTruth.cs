using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Phantoms;

/// <summary>What is true of a phantom study: <c>truth.json</c>.</summary>
/// <param name="Synthetic">Always true.</param>
/// <param name="Seed">The phantom patient.</param>
/// <param name="Centre">A or B.</param>
/// <param name="PatientId">Patient ID.</param>
/// <param name="StudyInstanceUid">Study Instance UID.</param>
/// <param name="T1ceSeriesUid">Series Instance UID of the T1 with contrast agent.</param>
/// <param name="Clinical">What would be known of the patient.</param>
/// <param name="Lesions">The lesions, in order.</param>
internal sealed record PhantomTruth(
    bool Synthetic,
    int Seed,
    string Centre,
    string PatientId,
    string StudyInstanceUid,
    string T1ceSeriesUid,
    PhantomClinicalData Clinical,
    IReadOnlyList<PhantomLesionRecord> Lesions)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes it as JSON.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Format, cancellationToken);
    }
}
