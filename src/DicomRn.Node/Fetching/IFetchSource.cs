using DicomRn.Node.Administration;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Fetching;

/// <summary>Somebody who may have objects of a patient.</summary>
internal interface IFetchSource
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>Whether it is called over the network, and so may be away.</summary>
    bool IsPeer { get; }

    /// <summary>How it is called; null where it is not called over the network.</summary>
    PeerCall? Call => null;

    /// <summary>All series of the patient, of the latest studies first.</summary>
    /// <param name="patient">The patient, with a Patient ID.</param>
    /// <param name="remark">Told what was found and left out, in words.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<FoundSeries>> FindAsync(PatientIdentity patient, Action<FetchEntryKind, string> remark, CancellationToken cancellationToken);

    /// <summary>Brings the instances of a series into a folder, each a file of its own.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="SeriesNotSentException">It is there, and did not send the series.</exception>
    Task<IReadOnlyList<string>> GetAsync(FoundSeries series, string folder, CancellationToken cancellationToken);
}
