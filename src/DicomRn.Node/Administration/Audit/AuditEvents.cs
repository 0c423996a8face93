using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Audit;

/// <summary>The events of a node as audit messages (PS3.15 A.5.3). The node's own AE title is added by the trail.</summary>
internal static class AuditEvents
{
    /// <summary>The node starts or stops (A.5.3.1).</summary>
    public static AuditMessage Application(string aeTitle, bool starts) => new()
    {
        Event = AuditCode.ApplicationActivity,
        Type = starts ? AuditCode.ApplicationStart : AuditCode.ApplicationStop,
        Action = 'E',
        Participants = [AuditParticipant.Node(aeTitle, AuditCode.Application)],
    };

    /// <summary>Instances of one study came from a peer (A.5.3.7).</summary>
    public static AuditMessage Received(string aeTitle, AssociationAccount association, StudyTally study) => new()
    {
        Event = AuditCode.InstancesTransferred,
        Action = 'C',
        At = association.EndedAt,
        Outcome = association.End == AssociationEnd.Released ? AuditOutcome.Success : AuditOutcome.MinorFailure,
        OutcomeDescription = association.End == AssociationEnd.Released ? null : $"The association was {association.End}: {association.Reason}",
        Participants =
        [
            AuditParticipant.Peer(association.CallingAeTitle, association.Host, AuditCode.Source, isRequestor: true),
            AuditParticipant.Node(aeTitle, AuditCode.Destination),
        ],
        Objects = [AuditObject.Study(study.StudyInstanceUid, study.SopClasses), AuditObject.Patient(study.Patient)],
    };

    /// <summary>Instances of one study came from a peer, on associations that the node did not outlive (A.5.3.7).</summary>
    public static AuditMessage Received(string aeTitle, UntoldReception reception, string? host, AuditPatient patient) => new()
    {
        Event = AuditCode.InstancesTransferred,
        Action = 'C',
        At = reception.At,
        Outcome = AuditOutcome.MinorFailure,
        OutcomeDescription = "The node ended before the association did; told by the records of what was stored, some of it perhaps again",
        Participants =
        [
            AuditParticipant.Peer(reception.AeTitle, host, AuditCode.Source, isRequestor: true),
            AuditParticipant.Node(aeTitle, AuditCode.Destination),
        ],
        Objects = [AuditObject.Study(reception.StudyInstanceUid, reception.SopClasses), AuditObject.Patient(patient)],
    };

    /// <summary>A caller was turned away (A.5.3.11).</summary>
    public static AuditMessage Rejected(string aeTitle, AssociationAccount association) => new()
    {
        Event = AuditCode.SecurityAlert,
        Type = AuditCode.NodeAuthentication,
        Action = 'E',
        At = association.EndedAt,
        Outcome = AuditOutcome.MinorFailure,
        OutcomeDescription = association.Reason,
        Participants =
        [
            AuditParticipant.Node(aeTitle, isRequestor: true),
            AuditParticipant.Peer(association.CallingAeTitle, association.Host),
        ],
        Objects = [AuditObject.Alert(association.Host, $"Association from {association.CallingAeTitle} to {association.CalledAeTitle} rejected: {association.Reason}")],
    };

    /// <summary>Somebody used the administration interface without the right to (A.5.3.11).</summary>
    public static AuditMessage AccessRefused(string aeTitle, string host, string reason) => new()
    {
        Event = AuditCode.SecurityAlert,
        Type = AuditCode.NodeAuthentication,
        Action = 'E',
        Outcome = AuditOutcome.MinorFailure,
        OutcomeDescription = reason,
        Participants = [AuditParticipant.Node(aeTitle, isRequestor: true), new AuditParticipant { UserId = host, NetworkAccessPoint = host }],
        Objects = [AuditObject.Alert(host, $"Administration interface: {reason}")],
    };

    /// <summary>The node looked at a study and made its results (A.5.3.5).</summary>
    public static AuditMessage Processed(string aeTitle, StudyChanged change, AuditPatient patient) => new()
    {
        Event = AuditCode.InstancesAccessed,
        Action = 'R',
        At = change.At,
        OutcomeDescription = change.ReasonCode is null ? $"Processed: {change.To}" : $"Processed: {change.To} ({change.ReasonCode})",
        Participants = [AuditParticipant.Node(aeTitle, isRequestor: true)],
        Objects = [AuditObject.Study(change.StudyInstanceUid), AuditObject.Patient(patient)],
    };

    /// <summary>Results of a study are about to go to a destination (A.5.3.4).</summary>
    public static AuditMessage Sending(string aeTitle, SentResults sent, AuditPatient patient) => new()
    {
        Event = AuditCode.BeginTransferring,
        Action = 'E',
        At = sent.At,
        Participants = Transfer(aeTitle, sent),
        Objects = [AuditObject.Study(sent.StudyInstanceUid, sent.SopClasses), AuditObject.Patient(patient)],
    };

    /// <summary>Results of a study went to a destination, or did not (A.5.3.7).</summary>
    public static AuditMessage Sent(string aeTitle, SentResults sent, AuditPatient patient) => new()
    {
        Event = AuditCode.InstancesTransferred,
        // Whether the destination had them before is not known.
        Action = 'R',
        At = sent.At,
        Outcome = sent.Error is null ? AuditOutcome.Success : AuditOutcome.MinorFailure,
        OutcomeDescription = sent.Error,
        Participants = Transfer(aeTitle, sent),
        Objects = [AuditObject.Study(sent.StudyInstanceUid, sent.SopClasses), AuditObject.Patient(patient)],
    };

    /// <summary>The node asked a peer what it has (A.5.3.10).</summary>
    public static AuditMessage Queried(string aeTitle, SentQuery query) => new()
    {
        Event = AuditCode.Query,
        Action = 'E',
        At = query.At,
        Outcome = query.Error is null ? AuditOutcome.Success : AuditOutcome.MinorFailure,
        OutcomeDescription = query.Error,
        Participants =
        [
            AuditParticipant.Node(aeTitle, AuditCode.Source, isRequestor: true),
            AuditParticipant.Peer(query.AeTitle, query.Host, AuditCode.Destination),
        ],
        Objects = [AuditObject.OfQuery(query.SopClassUid, query.Query)],
    };

    /// <summary>Instances that the node asked for came from a peer, or did not (A.5.3.7).</summary>
    public static AuditMessage Fetched(string aeTitle, FetchedInstances fetched, AuditPatient patient) => new()
    {
        Event = AuditCode.InstancesTransferred,
        Action = 'C',
        At = fetched.At,
        Outcome = fetched.Error is null ? AuditOutcome.Success : AuditOutcome.MinorFailure,
        OutcomeDescription = fetched.Error,
        Participants =
        [
            AuditParticipant.Peer(fetched.AeTitle, fetched.Host, AuditCode.Source),
            AuditParticipant.Node(aeTitle, AuditCode.Destination, isRequestor: true),
        ],
        Objects = [AuditObject.Study(fetched.StudyInstanceUid, fetched.SopClasses), AuditObject.Patient(patient)],
    };

    /// <summary>A study was deleted (A.5.3.8).</summary>
    public static AuditMessage StudyDeleted(string studyInstanceUid, AuditPatient patient, string by, string reason) => new()
    {
        Event = AuditCode.StudyDeleted,
        Action = 'D',
        OutcomeDescription = reason,
        Participants = [AuditParticipant.User(by)],
        Objects = [AuditObject.Study(studyInstanceUid), AuditObject.Patient(patient)],
    };

    private static AuditParticipant[] Transfer(string aeTitle, SentResults sent) =>
    [
        AuditParticipant.Node(aeTitle, AuditCode.Source, isRequestor: true),
        AuditParticipant.Peer(sent.AeTitle, sent.Host, AuditCode.Destination),
    ];
}
