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
            .AddSingleton<OwnResults>()
            .AddSingleton<InstanceStore>()
            .AddSingleton<INodeFolderRecovery, ReceptionRecovery>()
            .AddSingleton<ReceivingService>()
            .AddHostedService(provider => provider.GetRequiredService<ReceivingService>());
    }
}
