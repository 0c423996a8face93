using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Delivery;

/// <summary>Registers delivery.</summary>
internal static class DeliveryServices
{
    /// <summary>Adds the queues to all destinations.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliveryOptions options) => services
        .AddSingleton(options)
        .AddHostedService<DeliveryService>();
}
