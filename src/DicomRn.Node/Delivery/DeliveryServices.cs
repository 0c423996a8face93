using DicomRn.Node.State;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Delivery;

/// <summary>Registers delivery.</summary>
internal static class DeliveryServices
{
    /// <summary>Adds the routes, the queues to all destinations and what takes their reports.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliveryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<RoutingTable>()
        .AddSingleton<IResultRouting>(provider => provider.GetRequiredService<RoutingTable>())
        .AddSingleton<CommitmentReports>()
        .AddHostedService<DeliveryService>();
}
