using Microsoft.Extensions.Hosting;

namespace DicomRn.Node.Administration;

/// <summary>The life of a node is its caller's: it listens to no signal of its own.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
