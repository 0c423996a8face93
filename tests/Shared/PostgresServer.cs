using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DicomRn.TestSupport;

/// <summary>
/// A PostgreSQL server of the Debian package with an empty cluster in a temporary folder, listening on 127.0.0.1 only.
/// PostgreSQL refuses to run as root, and then runs as the user of its package.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Password = "not-a-secret";

    private const string Package = "postgresql-15";
    private const string PackageUser = "postgres";
    private static readonly Lazy<Task<PostgresServer>> Started = new(InstallAsync);
    private readonly ConcurrentDictionary<string, Task<string>> _databases = new(StringComparer.Ordinal);
    private readonly string _programs;
    private readonly string _folder;
    private int _count;

    private PostgresServer(string programs, string folder, int port)
    {
        _programs = programs;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    private string Cluster => Path.Combine(_folder, "cluster");

    /// <summary>The server that all tests share; it is started for the first one that asks. Skips the test where the package is missing.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        SkipWhereMissing();
        return Started.Value;
    }

    /// <summary>A server of the caller's own, for a test that stops it. Skips the test where the package is missing.</summary>
    public static Task<PostgresServer> OwnAsync()
    {
        SkipWhereMissing();
        return InstallAsync();
    }

    /// <summary>The connection string of a database that is made for <paramref name="owner"/>, the same one at every call.</summary>
    public static async Task<string> DatabaseOfAsync(string owner)
    {
        PostgresServer server = await SharedAsync();
        return await server._databases.GetOrAdd(owner, _ => server.NewDatabaseAsync());
    }

    /// <summary>Ends the shared server, if it was started.</summary>
    public static async Task StopSharedAsync()
    {
        if (Started.IsValueCreated)
            await (await Started.Value).DisposeAsync();
    }

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"dicomrn{Interlocked.Increment(ref _count)}");
        await RunAsync(_programs, "createdb", ["-h", _folder, "-p", $"{Port}", "-U", "dicomrn", name]);
        return name;
    }

    /// <summary>The connection string of a database, without the password.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username=dicomrn");

    /// <summary>The connection string of a new, empty database, with the password.</summary>
    public async Task<string> NewDatabaseAsync() => $"{ConnectionString(await CreateDatabaseAsync())};Password={Password}";

    /// <summary>Starts the server, the first time or after <see cref="StopAsync"/>. Its log goes to a file: a pipe would keep this process waiting for the server's end.</summary>
    public Task StartAsync() => RunAsync(
        _programs, "pg_ctl",
        ["-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=300 -c fsync=off", "start"]);

    /// <summary>Ends the server as a crash does: sessions are cut off, and the next start recovers.</summary>
    public Task StopAsync() => RunAsync(_programs, "pg_ctl", ["-D", Cluster, "-m", "immediate", "-w", "stop"]);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Cluster, "postmaster.pid")))
            await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> InstallAsync()
    {
        string programs = FindPrograms()!;
        string folder = Directory.CreateTempSubdirectory("dicomrn-postgres-").FullName;
        string passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.UserName == "root")
            await RunProgramAsync("chown", ["-R", PackageUser, folder]);
        string cluster = Path.Combine(folder, "cluster");
        await RunAsync(
            programs, "initdb",
            ["-D", cluster, "-U", "dicomrn", "--auth-host=scram-sha-256", "--auth-local=trust", $"--pwfile={passwordFile}",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        PostgresServer server = new(programs, folder, FreePort());
        await server.StartAsync();
        return server;
    }

    private static void SkipWhereMissing()
    {
        if (FindPrograms() is null)
            Assert.Skip($"PostgreSQL is not installed (Debian package {Package}).");
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderDescending(StringComparer.Ordinal)
            .FirstOrDefault()
        : null;

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsync(string programs, string program, string[] arguments)
    {
        string path = Path.Combine(programs, program);
        return Environment.UserName == "root"
            ? RunProgramAsync("runuser", ["-u", PackageUser, "--", path, .. arguments])
            : RunProgramAsync(path, arguments);
    }

    private static async Task RunProgramAsync(string program, string[] arguments)
    {
        // Output is not redirected: a server inherits it, and reading to its end would wait for the server's.
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, WorkingDirectory = "/" };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
