namespace DicomRn.Node.Administration.Audit;

/// <summary>What an event was about (ParticipantObjectIdentification).</summary>
internal sealed record AuditObject
{
    public required string Id { get; init; }

    public required AuditCode IdType { get; init; }

    /// <summary>ParticipantObjectTypeCode: 1 person, 2 system object.</summary>
    public required string Type { get; init; }

    /// <summary>ParticipantObjectTypeCodeRole; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>ParticipantObjectName; left out where there is a <see cref="Query"/>.</summary>
    public required string Name { get; init; }

    /// <summary>ParticipantObjectQuery, instead of the name; null for none.</summary>
    public byte[]? Query { get; init; }

    /// <summary>A ParticipantObjectDetail: its type and value; null for none.</summary>
    public (string Type, string Value)? Detail { get; init; }

    /// <summary>Instances of the event by SOP class UID (ParticipantObjectDescription).</summary>
    public IReadOnlyDictionary<string, int> SopClasses { get; init; } = new Dictionary<string, int>();

    /// <summary>A study.</summary>
    public static AuditObject Study(string uid, IReadOnlyDictionary<string, int>? sopClasses = null) => new()
    {
        Id = uid,
        IdType = AuditCode.StudyInstanceUid,
        Type = "2",
        Role = "3",
        Name = uid,
        SopClasses = sopClasses ?? new Dictionary<string, int>(),
    };

    /// <summary>A patient.</summary>
    public static AuditObject Patient(AuditPatient patient) => new()
    {
        Id = patient.Id,
        IdType = AuditCode.PatientNumber,
        Type = "1",
        Role = "1",
        Name = patient.Name,
    };

    /// <summary>The SOP class that a query was made of, with the query.</summary>
    public static AuditObject OfQuery(string sopClassUid, DicomDataset query) => new()
    {
        Id = sopClassUid,
        IdType = AuditCode.SopClassUid,
        Type = "2",
        Role = "3",
        Name = sopClassUid,
        Query = AuditQuery.Encode(query),
        Detail = ("TransferSyntax", AuditQuery.TransferSyntaxUid),
    };

    /// <summary>The subject of a security alert.</summary>
    public static AuditObject Alert(string node, string description) => new()
    {
        Id = node,
        IdType = AuditCode.NodeId,
        Type = "2",
        Role = "13",
        Name = node,
        Detail = ("Alert Description", description),
    };
}
