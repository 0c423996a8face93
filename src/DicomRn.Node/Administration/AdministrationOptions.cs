using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Http;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Node.Administration;

/// <summary>How the node is looked after: the section <c>Administration</c>.</summary>
public sealed class AdministrationOptions
{
    /// <summary>The interface for programs and for <c>dicomrn jobs</c>.</summary>
    public AdminHttpOptions Http { get; set; } = new();

    /// <summary>How long history is kept.</summary>
    public HistoryOptions History { get; set; } = new();

    /// <summary>The audit trail.</summary>
    public AuditOptions Audit { get; set; } = new();
}
