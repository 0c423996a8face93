using System.Globalization;
using System.Net;

namespace DicomRn.Node.Administration.Audit;

/// <summary>Who took part in an event (ActiveParticipant).</summary>
internal sealed record AuditParticipant
{
    public required string UserId { get; init; }

    /// <summary>For processes that speak DICOM: <c>AETITLES=…</c> (PS3.15 A.5.2.2).</summary>
    public string? AlternativeUserId { get; init; }

    public string? UserName { get; init; }

    public bool IsRequestor { get; init; }

    public AuditCode? Role { get; init; }

    /// <summary>Host name or address.</summary>
    public string? NetworkAccessPoint { get; init; }

    /// <summary>NetworkAccessPointTypeCode: 1 for a name, 2 for an address.</summary>
    public string? NetworkAccessPointType =>
        NetworkAccessPoint is not { Length: > 0 } ? null : IPAddress.TryParse(NetworkAccessPoint, out _) ? "2" : "1";

    /// <summary>This process.</summary>
    public static AuditParticipant Node(string aeTitle, AuditCode? role = null, bool isRequestor = false) => new()
    {
        UserId = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        AlternativeUserId = $"AETITLES={aeTitle}",
        UserName = "dicomrn",
        IsRequestor = isRequestor,
        Role = role,
        NetworkAccessPoint = Dns.GetHostName(),
    };

    /// <summary>Another application entity.</summary>
    public static AuditParticipant Peer(string aeTitle, string? host, AuditCode? role = null, bool isRequestor = false) => new()
    {
        UserId = aeTitle,
        AlternativeUserId = $"AETITLES={aeTitle}",
        IsRequestor = isRequestor,
        Role = role,
        NetworkAccessPoint = host,
    };

    /// <summary>A person, or the rule of retention, by name.</summary>
    public static AuditParticipant User(string name) => new() { UserId = name, IsRequestor = true };
}
