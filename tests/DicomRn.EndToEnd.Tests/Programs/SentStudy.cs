using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A study on its way to a node: what was acknowledged of it, and what has to be sent still.</summary>
internal sealed class SentStudy
{
    private readonly ConcurrentDictionary<string, DicomFile> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    private SentStudy(string studyInstanceUid, bool hasContours)
    {
        StudyInstanceUid = studyInstanceUid;
        HasContours = hasContours;
    }

    public string StudyInstanceUid { get; }

    /// <summary>Whether its lesions are outlined, so that it is classified; otherwise the report says that it cannot be.</summary>
    public bool HasContours { get; }

    /// <summary>What has not been acknowledged yet.</summary>
    public IReadOnlyList<DicomFile> Pending => [.. _pending.Values];

    public bool IsAcknowledged => _pending.IsEmpty;

    /// <summary>SHA-256 of the data sets that were acknowledged, by SOP Instance UID.</summary>
    public IEnumerable<KeyValuePair<string, string>> Acknowledged => _hashes.Where(h => !_pending.ContainsKey(h.Key));

    /// <summary>How many instances it has.</summary>
    public int Count => _hashes.Count;

    /// <summary>Prepares a copy of the phantom.</summary>
    /// <param name="phantom">The phantom.</param>
    /// <param name="copy">The number of the copy.</param>
    /// <param name="hasContours">With its structure set or without.</param>
    /// <param name="padding">By how many bytes its last instance is larger than it need be.</param>
    public static async Task<SentStudy> CreateAsync(PhantomStudies phantom, int copy, bool hasContours, int padding)
    {
        List<DicomDataset> datasets = await phantom.CopyAsync(copy);
        // What is not classified need not be a whole volume.
        if (!hasContours)
            datasets = [.. datasets.Where(dataset => dataset.GetSingleValue<string>(DicomTag.Modality) == "MR").Where((_, n) => n % 3 == 0)];
        if (padding > 0)
            datasets[^1].AddOrUpdate(new DicomOtherByte(DicomTag.DataSetTrailingPadding, new byte[padding]));
        SentStudy study = new(datasets[0].GetSingleValue<string>(DicomTag.StudyInstanceUID), hasContours);
        foreach (DicomDataset dataset in datasets)
        {
            DicomFile file = new(dataset);
            string sop = dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID);
            study._pending[sop] = file;
            study._hashes[sop] = await HashAsync(file);
        }

        return study;
    }

    /// <summary>An instance was answered with Success.</summary>
    public void Acknowledge(string sopInstanceUid) => _pending.TryRemove(sopInstanceUid, out _);

    /// <summary>Sends what is pending on one association, as far as that goes: the node may die.</summary>
    /// <param name="port">The node's port.</param>
    /// <param name="refused">Told of answers other than Success.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task TrySendAsync(int port, Action<string, DicomStatus> refused, CancellationToken cancellationToken)
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "MODALITY", "DICOMRN");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        foreach (DicomFile file in Pending)
        {
            DicomCStoreRequest request = new(file);
            string sop = request.SOPInstanceUID.UID;
            request.OnResponseReceived = (_, response) =>
            {
                if (response.Status == DicomStatus.Success)
                    Acknowledge(sop);
                else
                    refused(sop, response.Status);
            };
            await client.AddRequestAsync(request);
        }

        try
        {
            await client.SendAsync(cancellationToken);
        }
        catch (Exception e) when (e is DicomNetworkException or IOException or System.Net.Sockets.SocketException)
        {
            // What was not answered is sent again.
        }
    }

    /// <summary>Sends another instance under a SOP Instance UID of the study; null where no answer came.</summary>
    public async Task<DicomStatus?> SendConflictAsync(int port, CancellationToken cancellationToken)
    {
        DicomDataset other = new()
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, _hashes.Keys.First() },
            { DicomTag.StudyInstanceUID, StudyInstanceUid },
            { DicomTag.SeriesInstanceUID, StudyInstanceUid + ".9" },
            { DicomTag.Modality, "MR" },
        };
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(new DicomFile(other)) { OnResponseReceived = (_, response) => status = response.Status });
        try
        {
            await client.SendAsync(cancellationToken);
        }
        catch (DicomNetworkException)
        {
            // The node died.
        }

        return status;
    }

    /// <summary>SHA-256 of a file's data set.</summary>
    public static async Task<string> HashAsync(DicomFile file)
    {
        using MemoryStream bytes = new();
        await file.SaveAsync(bytes);
        return HashDataSet(bytes.ToArray());
    }

    /// <summary>SHA-256 of the data set of a Part-10 file.</summary>
    public static string HashDataSet(byte[] file)
    {
        // PS3.10 7.1: preamble, prefix, and the length of the file meta information as its first element.
        int offset = 128 + 4 + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(128 + 4 + 8));
        return Convert.ToHexString(SHA256.HashData(file.AsSpan(offset)));
    }
}
