using System.Globalization;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Administration.Conformance;

/// <summary>
/// The DICOM conformance statement (PS3.2) of a node with its settings, from the same lists and options that the node works with. Peers are
/// not named in it.
/// </summary>
public static class ConformanceStatement
{
    /// <summary>Writes it in Markdown.</summary>
    /// <param name="settings">The node's settings.</param>
    public static string Write(NodeSettings settings)
    {
        ConformanceText text = new();
        text.Heading(1, "DICOM Conformance Statement");
        text.Paragraph($"Product: DicomRn {ProcessingDevice.SoftwareVersion}. Application entity: {settings.Node.AeTitle}. Not for clinical use.");
        Overview(text, settings);
        Entity(text, settings);
        Receiving(text, settings);
        Sending(text, settings);
        Fetching(text, settings);
        new ConformanceAnnexes(text, settings).Write();
        return text.ToString();
    }

    /// <summary>What is taken with C-STORE, in order of UID.</summary>
    internal static IEnumerable<DicomUID> ReceivedClasses() => KnownPeersPolicy.StorageClasses.Order(StringComparer.Ordinal).Select(DicomUID.Parse);

    private static void Overview(ConformanceText text, NodeSettings settings)
    {
        text.Heading(2, "1 Overview");
        text.Paragraph(
            "The node receives follow-up MRI and lesion contours, classifies every lesion as radiation necrosis or tumour progression, and "
            + "sends reports, segmentations, overlays and registrations to the destinations of its settings.");
        List<string[]> rows = [];
        void Add(DicomUID uid, bool user, bool provider) => rows.Add([uid.Name, uid.UID, Yes(user), Yes(provider)]);
        HashSet<string> sent = [.. Enum.GetValues<ResultKind>().Select(k => ResultClasses.Of(k).UID)];
        HashSet<string> received = [.. ReceivedClasses().Select(uid => uid.UID)];
        bool fetches = settings.Node.Peers.Values.Any(p => p.Fetch != PeerFetch.None);
        HashSet<string> fetched = fetches ? [.. PeerSource.Classes.Select(uid => uid.UID)] : [];
        foreach (string uid in sent.Union(received).Union(fetched).Order(StringComparer.Ordinal))
            Add(DicomUID.Parse(uid), sent.Contains(uid), received.Contains(uid) || fetched.Contains(uid));
        Add(DicomUID.Verification, true, true);
        Add(DicomUID.StorageCommitmentPushModel, true, false);
        Add(DicomUID.StudyRootQueryRetrieveInformationModelFind, true, false);
        Add(DicomUID.StudyRootQueryRetrieveInformationModelGet, fetches, false);
        Add(DicomUID.StudyRootQueryRetrieveInformationModelMove, fetches, false);
        text.Table(["SOP class", "UID", "User (SCU)", "Provider (SCP)"], rows);
        text.Paragraph(
            "As a provider of storage the node is of level 2 (full): all attributes are kept as received (PS3.4 B.4.1). Media services: none. "
            + (fetches ? "" : "No peer is set to be asked for missing objects, so nothing is retrieved by C-GET or C-MOVE."));
    }

    private static void Entity(ConformanceText text, NodeSettings settings)
    {
        text.Heading(2, "2 Application entity");
        text.Heading(3, "2.1 Association policies");
        text.Table(["", ""],
        [
            ["Application context", "1.2.840.10008.3.1.1.1"],
            ["Largest PDU asked for", Invariant($"{settings.Receiving.MaximumPduLength} bytes; per peer by `MaximumPduLength`")],
            ["Associations accepted at once", Invariant($"{settings.Receiving.MaximumAssociations}; more are rejected as a passing condition")],
            ["Asynchronous operations window, as acceptor", Invariant($"up to {settings.Receiving.OperationsAtOnce} invoked by the caller, 1 performed; per peer by `OperationsAtOnce`")],
            ["Asynchronous operations window, as requestor", "as set for the peer by `OperationsAtOnce`, 1 by default"],
            ["SOP class common extended negotiation", "private or newer storage classes are taken whose related general class is one of 3.1"],
            ["Implementation class UID", DicomImplementation.ClassUID.UID],
            ["Implementation version name", DicomImplementation.Version],
        ]);
        text.Heading(3, "2.2 Who may call");
        text.Paragraph(
            (settings.Node.CheckCalledAeTitle
                ? $"An association that calls another AE title than {settings.Node.AeTitle} is rejected (called AE title not recognized). "
                : "Any called AE title is accepted. ")
            + (settings.Node.AcceptUnknownPeers
                ? "Anyone may call."
                : "Callers are known by AE title, and by address and certificate where these are set; others are rejected (calling AE title not recognized)."));
    }

    private static void Receiving(ConformanceText text, NodeSettings settings)
    {
        text.Heading(2, "3 Receiving (Storage and Verification as SCP)");
        text.Heading(3, "3.1 Presentation contexts");
        text.Table(["SOP class", "UID"], ReceivedClasses().Select(uid => new[] { uid.Name, uid.UID }));
        text.Paragraph(
            "with these transfer syntaxes, of which the caller's first is taken, or for a peer with `TransferSyntaxes` that peer's first. "
            + (settings.Receiving.AcceptLossy ? "" : "Those with loss are accepted with `Receiving:AcceptLossy`. ")
            + (settings.Receiving.AcceptBigEndian ? "" : "Explicit VR Big Endian is accepted with `Receiving:AcceptBigEndian`."));
        text.Table(["Transfer syntax", "UID"], ReadableTransferSyntaxes.Of(settings.Receiving).Select(s => new[] { s.UID.Name, s.UID.UID }));
        text.Paragraph(Invariant($"Verification ({DicomUID.Verification.UID}): {Names(KnownPeersPolicy.VerificationTransferSyntaxes)}."));
        text.Heading(3, "3.2 Answers to C-STORE");
        text.Paragraph("Success says that the instance survives a loss of power.");
        text.Table(["Status", "Code", "Where"],
        [
            Answer(DicomStatus.Success, "the instance is stored, or was already, with the same content"),
            Answer(DicomStatus.DuplicateSOPInstance, "an instance of this UID with other content is stored; this one is set aside"),
            Answer(DicomStatus.InvalidObjectInstance, "the SOP Instance UID is not a valid UID"),
            Answer(DicomStatus.ProcessingFailure, "storing failed; the log of the node has the reason"),
            Answer(DicomStatus.StorageStorageOutOfResources, "the disk is full to its reserve; C-ECHO is still answered"),
            Answer(DicomStatus.StorageDataSetDoesNotMatchSOPClassError, "SOP class or instance of the data set are not those of the request"),
            Answer(DicomStatus.StorageCannotUnderstand, "the data set cannot be read"),
        ]);
    }

    private static void Sending(ConformanceText text, NodeSettings settings)
    {
        text.Heading(2, "4 Sending results (Storage, Storage Commitment, Query and Verification as SCU)");
        text.Table(["Result", "SOP class", "UID"], Enum.GetValues<ResultKind>().Select(kind =>
            new[] { $"{kind}", ResultClasses.Of(kind).Name, ResultClasses.Of(kind).UID }));
        text.Paragraph(
            $"Results are proposed in the transfer syntax they are written in, {DicomTransferSyntax.ExplicitVRLittleEndian.UID.Name}. One association takes all results of a study. "
            + Invariant($"Success and warnings (Bxxx) count as delivered, A7xx and failures of the network are tried again with growing intervals of up to {settings.Delivery.MaximumRetryDelay.TotalHours:0.##} h for {settings.Delivery.GiveUpAfter.TotalDays:0.##} days, ")
            + "other failures are final and shown to the administrator.");
        text.Paragraph(
            "By the peer's `Commitment`, what was taken is confirmed by C-FIND at image level, or by storage commitment (N-ACTION; the report is taken on the same "
            + "association or on one that the peer opens to the node, proposing itself for the SCP role), or not at all. What is missing is sent again.");
    }

    private static void Fetching(ConformanceText text, NodeSettings settings)
    {
        text.Heading(2, "5 Fetching what a study lacks (Query/Retrieve as SCU)");
        if (settings.Node.Peers.Values.All(p => p.Fetch == PeerFetch.None))
        {
            text.Paragraph("Not used with these settings: no peer has `Fetch`.");
            return;
        }

        text.Paragraph(
            Invariant($"Study root. Studies are asked for by Patient ID and a range of Study Date ({settings.Fetching.LookBack.TotalDays:0} days back), then the series of each of the latest {settings.Fetching.MaximumStudies} studies. ")
            + "Series are retrieved by C-GET, or by C-MOVE to "
            + $"{settings.Fetching.MoveAeTitle ?? "an AE title of its own (`Fetching:MoveAeTitle`)"}. Instances of other patients are set aside.");
        text.Table(["SOP class", "UID"], PeerSource.Classes.Select(uid => new[] { uid.Name, uid.UID }));
        text.Paragraph(Invariant($"Transfer syntaxes: {Names(RetrieveContexts.Uncompressed)}; for images also {Names(RetrieveContexts.Compressed)}."));
    }

    private static string[] Answer(DicomStatus status, string where) => [status.Description, Invariant($"{status.Code:X4}"), where];

    private static string Names(IEnumerable<DicomTransferSyntax> syntaxes) => string.Join(", ", syntaxes.Select(s => $"{s.UID.Name} ({s.UID.UID})"));

    private static string Yes(bool it) => it ? "yes" : "no";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
