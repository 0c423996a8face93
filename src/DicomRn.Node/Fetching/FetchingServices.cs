using DicomRn.Node.Administration;
using DicomRn.Node.QueryRetrieve;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Fetching;

/// <summary>Registers fetching.</summary>
internal static class FetchingServices
{
    /// <summary>Adds the worker that asks others for what studies lack, and its terms.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services, FetchingOptions options, NodeOptions node) => services
        .AddSingleton(options)
        .AddSingleton<QueryRetrieveFeed>()
        .AddSingleton(options.Terms(node))
        .AddHostedService<FetchingService>();
}
