using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Receiving;

/// <summary>Registers receiving.</summary>
internal static class ReceivingServices
{
    /// <summary>Adds the storage SCP, its store and its recovery.</summary>
    public static IServiceCollection AddReceiving(this IServiceCollection services, ReceivingOptions options)
    {
        options.ReadLimits.Apply();
        return services
            .AddSingleton(options)
            .AddSingleton<AssociationFeed>()
            .AddSingleton<OwnResults>()
            .AddSingleton(options.Log)
            .AddSingleton(options.DiskReserve)
            .AddSingleton<DiskReserve>()
            .AddSingleton(provider => InstanceLog.Open(provider.GetRequiredService<DataFolders>().InstanceLog, options.Log))
            .AddSingleton<IStudyArrivals>(provider => provider.GetRequiredService<InstanceLog>())
            .AddSingleton<ISettlement, StoreSettlement>()
            .AddSingleton<InstanceSettling>()
            .AddSingleton<InstanceStore>()
            .AddSingleton<FileReconciliation>()
            .AddSingleton<QuarantineReconciliation>()
            .AddSingleton<INodeFolderRecovery, ReceptionRecovery>()
            .AddHostedService(provider => provider.GetRequiredService<InstanceSettling>())
            .AddSingleton<ReceivingService>()
            .AddHostedService(provider => provider.GetRequiredService<ReceivingService>());
    }
}
