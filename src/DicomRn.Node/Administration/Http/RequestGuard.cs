using System.Net;
using System.Security.Cryptography;
using System.Text;
using DicomRn.Node.Administration.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DicomRn.Node.Administration.Http;

/// <summary>
/// Who may use the administration interface: whoever has the token, calls it by a name of its own, and is not a page of another
/// site in a browser (which names its origin).
/// </summary>
internal sealed class RequestGuard(AdminHttpOptions options, string token, NodeOptions node, AuditTrail audit)
{
    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    private readonly HashSet<string> _hosts = new(
        options.HostNames.Concat(["localhost", "127.0.0.1", "[::1]", HostOf(options.BindAddress)]), StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        if (Refuse(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
            audit.Post(AuditEvents.AccessRefused(node.AeTitle, context.Connection.RemoteIpAddress?.ToString() ?? "", refusal.Error));
            await context.Response.WriteAsJsonAsync(new AdminError(refusal.Error), context.RequestAborted);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsJsonAsync(new AdminError(e.Message), context.RequestAborted);
        }
    }

    private (int Status, string Error)? Refuse(HttpRequest request)
    {
        // Against names that somebody else's DNS points at this machine. Where every address is listened on, every address is one.
        string host = request.Host.Host;
        if (!_hosts.Contains(host) && !(IsAnyAddress && IPAddress.TryParse(host.Trim('[', ']'), out _)))
            return (StatusCodes.Status421MisdirectedRequest, "called by a host name that is not its own");
        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
            return (StatusCodes.Status403Forbidden, "called by a page of another origin");
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none")
            return (StatusCodes.Status403Forbidden, "called by a page of another site");
        return IsProbe(request.Path) || HasToken(request)
            ? null
            : (StatusCodes.Status401Unauthorized, "the access token is missing or wrong");
    }

    private bool IsAnyAddress => IPAddress.Parse(options.BindAddress) is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    // What watches the node needs no secret: it learns nothing but whether the node works.
    private static bool IsProbe(PathString path) => path == "/healthz" || path == "/readyz";

    private bool HasToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim())), _token);
    }

    private static string HostOf(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}

/// <summary>The body of every answer that is an error.</summary>
/// <param name="Error">What is wrong, in a sentence.</param>
internal sealed record AdminError(string Error);
