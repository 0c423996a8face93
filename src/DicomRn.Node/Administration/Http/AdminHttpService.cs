using System.Net;
using System.Text.Json.Serialization;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Http;

/// <summary>The administration interface: HTTP and JSON, on loopback unless the settings say otherwise.</summary>
internal sealed class AdminHttpService(
    AdminHttpOptions options, NodeOptions node, StoreJobs jobs, NodeHealth health, AdminFiles files, AuditTrail audit,
    TimeProvider timeProvider, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const int MostConnections = 100;
    private const long LargestBody = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ILogger _logger = loggers.CreateLogger("DicomRn.Node.Administration");
    private WebApplication? _application;

    /// <summary>Where it listens; null where it does not.</summary>
    public Uri? Address { get; private set; }

    /// <exception cref="IOException">The port cannot be had.</exception>
    /// <exception cref="InvalidDataException">The access token is no secret.</exception>
    /// <exception cref="CertificateException">The certificate cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        files.RemoveEndpoint();
        if (!options.Enabled)
            return;
        string tokenFile = options.TokenFile is { Length: > 0 } given ? Path.GetFullPath(given) : files.TokenFile;
        string token = files.ReadOrCreateToken(tokenFile);
        OwnCertificate? certificate = options.Certificate is { } own
            ? OwnCertificate.Open("the administration interface", own, timeProvider, _logger)
            : null;
        _application = Build(certificate, new RequestGuard(options, token, node, audit));
        AdminRoutes.Map(_application, jobs, health);
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"The administration interface cannot listen on {options.BindAddress}:{options.Port}: {e.Message}", e);
        }

        Address = Reachable(new Uri(_application.Urls.Single()));
        files.Write(new AdminEndpoint(
            Address.AbsoluteUri.TrimEnd('/'), tokenFile,
            certificate is null ? null : CertificateThumbprint.Sha256(certificate.Current().TargetCertificate)));
        AdminHttpLog.Listening(_logger, Address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        files.RemoveEndpoint();
        if (_application is not null)
            await _application.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
    }

    private WebApplication Build(OwnCertificate? certificate, RequestGuard guard)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.RequestHeadersTimeout = Patience;
            kestrel.Limits.KeepAliveTimeout = Patience;
            kestrel.Listen(IPAddress.Parse(options.BindAddress), options.Port, listen => Secure(listen, certificate));
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        WebApplication application = builder.Build();
        application.Use(next => context => guard.InvokeAsync(context, next));
        application.UseRouting();
        return application;
    }

    private static void Secure(ListenOptions listen, OwnCertificate? certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (certificate is null)
            return;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = Patience,
            OnConnection = _ => ValueTask.FromResult(new System.Net.Security.SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current(),
                EnabledSslProtocols = default(TlsVersion).AndLater(),
                CipherSuitesPolicy = Bcp195.CipherSuites,
                AllowRenegotiation = false,
            }),
        });
    }

    private static Uri Reachable(Uri address) =>
        address.Host is "0.0.0.0" or "[::]" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;
}
