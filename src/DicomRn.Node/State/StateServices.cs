using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.State;

/// <summary>Opens the state store that the settings name, and registers what a node needs that shares one.</summary>
internal static class StateServices
{
    /// <summary>The clock of a node: where nodes share a database its clock is theirs, instead of the machine's.</summary>
    public static TimeProvider ClockOf(StateOptions options, TimeProvider configured) =>
        options.IsShared && configured == TimeProvider.System ? new DatabaseClock() : configured;

    /// <summary>Opens the store.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file is no database.</exception>
    /// <exception cref="IOException">The database cannot be reached, or a file of it or of its password cannot be used.</exception>
    /// <exception cref="InvalidDataException">It is of a newer version.</exception>
    public static Task<StateStore> OpenAsync(
        StateOptions options, DataFolders folders, StudyFeed feed, TimeProvider clock, ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        ILogger<StateStore> logger = loggers?.CreateLogger<StateStore>() ?? NullLogger<StateStore>.Instance;
        LeaseTerms terms = LeaseTerms.Alone with { Duration = options.LeaseDuration };
        return options.IsShared
            ? StateStore.OpenSharedAsync(
                options.ReadConnectionString(), terms with { Owner = folders.Node! }, feed, clock, logger, cancellationToken)
            : StateStore.OpenAsync(folders.Database, feed, clock, logger, cancellationToken, terms);
    }

    /// <summary>Adds the node's place among others, where there may be others.</summary>
    public static IServiceCollection AddState(this IServiceCollection services, StateOptions options)
    {
        services.AddSingleton(options);
        return !options.IsShared
            ? services
            : services
                .AddSingleton<NodeRegistry>()
                .AddHostedService(provider => provider.GetRequiredService<NodeRegistry>())
                .AddHostedService<StatePoll>();
    }
}
