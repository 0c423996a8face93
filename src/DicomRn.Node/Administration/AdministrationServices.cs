using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Http;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Administration;

/// <summary>Registers what is for the person who looks after the node.</summary>
internal static class AdministrationServices
{
    /// <summary>Adds history, audit trail, retention and the administration interface. They start first and stop last.</summary>
    public static IServiceCollection AddAdministration(
        this IServiceCollection services, AdministrationOptions options, RetentionOptions retention) => services
        .AddSingleton(options.Http)
        .AddSingleton(options.History)
        .AddSingleton(options.Audit)
        .AddSingleton(retention)
        .AddSingleton<AuditFiles>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<StudyPatients>()
        .AddSingleton<UntoldReceptions>()
        .AddSingleton<StudyDeletion>()
        .AddSingleton<StoreJobs>()
        .AddSingleton<AdminFiles>()
        .AddSingleton<NodeHealth>()
        .AddSingleton<AdminHttpService>()
        .AddHostedService<SyslogSender>()
        .AddHostedService<AuditService>()
        .AddHostedService<HistoryRecorder>()
        .AddHostedService(provider => provider.GetRequiredService<AdminHttpService>())
        .AddHostedService<RetentionService>();
}
