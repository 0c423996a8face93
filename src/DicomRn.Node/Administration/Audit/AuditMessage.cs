namespace DicomRn.Node.Administration.Audit;

/// <summary>An event for the audit trail (PS3.15 A.5.1). Who reports it is added when it is written.</summary>
internal sealed record AuditMessage
{
    /// <summary>EventID.</summary>
    public required AuditCode Event { get; init; }

    /// <summary>EventTypeCode; null for none.</summary>
    public AuditCode? Type { get; init; }

    /// <summary>EventActionCode: C, R, U, D or E.</summary>
    public required char Action { get; init; }

    /// <summary>EventDateTime; null for the time it is posted.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>EventOutcomeIndicator.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>EventOutcomeDescription; null for none.</summary>
    public string? OutcomeDescription { get; init; }

    /// <summary>ActiveParticipant, one at least.</summary>
    public required IReadOnlyList<AuditParticipant> Participants { get; init; }

    /// <summary>ParticipantObjectIdentification.</summary>
    public IReadOnlyList<AuditObject> Objects { get; init; } = [];
}

/// <summary>EventOutcomeIndicator.</summary>
internal enum AuditOutcome
{
    Success = 0,
    MinorFailure = 4,
    SeriousFailure = 8,
}
