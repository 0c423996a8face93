[assembly: AssemblyFixture(typeof(DicomRn.TestSupport.PostgresLifetime))]

namespace DicomRn.TestSupport;

/// <summary>Ends the PostgreSQL server after the last test of a project.</summary>
public sealed class PostgresLifetime : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.StopSharedAsync();
}
