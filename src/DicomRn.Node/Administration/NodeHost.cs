using DicomRn.Node.Administration.Http;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Assembly;
using DicomRn.Node.Delivery;
using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration;

/// <summary>
/// A node in this process: for <c>serve</c>, <c>demo</c> and tests. Several may live side by side, each with a data
/// directory of its own, or with one of their names in a shared one.
/// </summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly StateStore _store;
    private readonly DataDirectoryLock _lock;

    private NodeHost(IHost host, StateStore store, StudyFeed studies, DataDirectoryLock taken)
    {
        _host = host;
        _store = store;
        _lock = taken;
        Studies = studies;
    }

    /// <summary>What happens to studies, as it becomes durable.</summary>
    public StudyFeed Studies { get; }

    /// <summary>
    /// The port the node listens on, without TLS if it does, also where the settings leave the choice to the system.
    /// </summary>
    /// <exception cref="InvalidOperationException">The node is not started.</exception>
    public int Port => _host.Services.GetRequiredService<ReceivingService>().Port;

    /// <summary>The port the node listens on with TLS; null where it has none.</summary>
    public int? SecuredPort => _host.Services.GetRequiredService<ReceivingService>().SecuredPort;

    /// <summary>Where the administration interface listens; null where it does not.</summary>
    public Uri? AdministrationAddress => _host.Services.GetRequiredService<AdminHttpService>().Address;

    /// <summary>The node's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Opens the data directory, brings the state store up to date and puts the node together. It does not listen yet.</summary>
    /// <param name="settings">Validated settings, from <see cref="NodeSettings.Read"/>.</param>
    /// <param name="logging">Where logs go; null for nowhere.</param>
    /// <param name="services">
    /// Adds or replaces services; whatever is registered here takes the place of the node's own, for instance a
    /// <see cref="TimeProvider"/> or an <see cref="Pipeline.IStudyPipeline"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The data directory is in use by another node, or cannot be written.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The state store is no database.</exception>
    /// <exception cref="InvalidDataException">The state store is of a newer version.</exception>
    public static async Task<NodeHost> CreateAsync(
        NodeSettings settings, Action<ILoggingBuilder>? logging = null, Action<IServiceCollection>? services = null,
        CancellationToken cancellationToken = default)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        logging?.Invoke(builder.Logging);
        services?.Invoke(builder.Services);
        builder.Services.TryAddSingleton(TimeProvider.System);

        DataFolders folders = new(settings.Node.DataDirectory, settings.State.IsShared ? settings.Node.NameOrDefault : null);
        DataDirectoryLock taken = DataDirectoryLock.Take(folders);
        StateStore? store = null;
        try
        {
            StudyFeed feed = new();
            await using (ServiceProvider first = builder.Services.BuildServiceProvider())
            {
                TimeProvider clock = StateServices.ClockOf(settings.State, first.GetRequiredService<TimeProvider>());
                store = await StateServices.OpenAsync(
                    settings.State, folders, feed, clock, first.GetService<ILoggerFactory>(), cancellationToken);
                builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            }

            builder.Services
                .AddSingleton(settings.Node)
                .AddSingleton(folders)
                .AddSingleton(feed)
                .AddSingleton<NodeStatusReader>()
                // By factory would make the container close it before the services that still write.
                .AddSingleton(store)
                .AddState(settings.State)
                .AddSingleton<NodeTls>()
                .AddHostedService<CertificateWatch>()
                .AddAdministration(settings.Administration, settings.Retention)
                .AddDelivery(settings.Delivery)
                .AddFetching(settings.Fetching, settings.Node)
                .AddStudyPipeline(settings)
                .AddAssembly(settings.Assembly)
                // Last to start and first to stop: nobody is answered while the rest is not there.
                .AddReceiving(settings.Receiving);
            return new NodeHost(builder.Build(), store, feed, taken);
        }
        catch
        {
            if (store is not null)
                await store.DisposeAsync();
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Repairs what a crash left, starts all services and listens.</summary>
    /// <exception cref="DicomNetworkException">The port cannot be had.</exception>
    /// <exception cref="CertificateException">A certificate, key or list of authorities cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // First: what is being deleted must not be taken for what a crash has lost.
        await _host.Services.GetRequiredService<StudyDeletion>().ResumeAsync(cancellationToken);
        await _store.EndLeasesOfEarlierRunAsync();
        if (_host.Services.GetService<NodeRegistry>() is { } registry)
            await registry.JoinAsync(cancellationToken);
        else
            await _host.Services.GetRequiredService<INodeFolderRecovery>().RunAsync(
                _host.Services.GetRequiredService<DataFolders>(), cancellationToken);
        await _host.StartAsync(cancellationToken);
    }

    /// <summary>Waits until the node ends, cancelled or stopped by the system, and stops its services in order.</summary>
    /// <exception cref="InvalidOperationException">One of its services failed, which ended the others too.</exception>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        await _host.WaitForShutdownAsync(cancellationToken);
        foreach (BackgroundService service in _host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            if (service.ExecuteTask is { IsFaulted: true, Exception: { } failure })
                throw new InvalidOperationException(
                    $"{service.GetType().Name} failed: {failure.InnerException?.Message}", failure.InnerException);
    }

    /// <summary>Stops listening, then everything else. What is under way is resumed at the next start.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>How many studies and deliveries are in which state, and which need a person.</summary>
    public Task<NodeStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<NodeStatusReader>().ReadAsync(cancellationToken);

    /// <summary>What the pipeline found in a study's last revision; null before it has.</summary>
    public Task<Pipeline.StudyResult?> FindResultAsync(string studyInstanceUid, CancellationToken cancellationToken) =>
        _store.ReadAsync(async db => await db.Studies.FindAsync([studyInstanceUid], cancellationToken) is { } study
            ? StudyResults.Find(db, study)
            : null);

    /// <summary>Stops what still runs and lets go of the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        NodeRegistry? registry = _host.Services.GetService<NodeRegistry>();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            _host.Dispose();
        if (registry is not null)
            await registry.LeaveAsync();
        await _store.DisposeAsync();
        _lock.Dispose();
    }
}
