using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Administration.Http;

/// <summary>The jobs of a running node, through its administration interface.</summary>
internal sealed class AdminApiClient : IJobs
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly HttpClient _http;

    public AdminApiClient(AdminEndpoint endpoint, string token)
    {
        HttpClientHandler handler = new() { UseProxy = false, AllowAutoRedirect = false };
        if (endpoint.CertificateSha256 is { } fingerprint)
            handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOfNode(certificate, fingerprint);
        _http = new HttpClient(handler) { BaseAddress = new Uri(endpoint.Url), Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<NodeStatus> GetStatusAsync(CancellationToken cancellationToken) => GetAsync<NodeStatus>("status", cancellationToken);

    public Task<IReadOnlyList<StudyJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken) =>
        ListAsync<StudyJob>("studies", filter, cancellationToken);

    public Task<IReadOnlyList<DeliveryAttemptEntry>> GetDeliveriesAsync(JobFilter filter, CancellationToken cancellationToken) =>
        ListAsync<DeliveryAttemptEntry>("deliveries", filter, cancellationToken);

    public Task<IReadOnlyList<AssociationEntry>> GetAssociationsAsync(JobFilter filter, CancellationToken cancellationToken) =>
        ListAsync<AssociationEntry>("associations", filter, cancellationToken);

    public Task<IReadOnlyList<DeletionEntry>> GetDeletionsAsync(JobFilter filter, CancellationToken cancellationToken) =>
        ListAsync<DeletionEntry>("deletions", filter, cancellationToken);

    public async Task<StudyJobDetails?> FindAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, StudyPath(studyInstanceUid), null, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<StudyJobDetails>(answer, cancellationToken);
    }

    public Task<JobOutcome> RetryAsync(string studyInstanceUid, string by, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, StudyPath(studyInstanceUid) + "/retry", by, cancellationToken);

    public Task<JobOutcome> DiscardAsync(string studyInstanceUid, string by, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, $"{StudyPath(studyInstanceUid)}?reason={Uri.EscapeDataString(reason)}", by, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string StudyPath(string uid) => "studies/" + Uri.EscapeDataString(uid);

    // The fingerprint stands beside the token: who could change it had the token already.
    private static bool IsOfNode(X509Certificate2? certificate, string fingerprint) =>
        certificate is not null && CertificateThumbprint.Sha256(certificate) == fingerprint;

    private async Task<IReadOnlyList<T>> ListAsync<T>(string what, JobFilter filter, CancellationToken cancellationToken) =>
        await GetAsync<T[]>($"{what}?{JobFilterQuery.Write(filter)}", cancellationToken);

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    private async Task<JobOutcome> ChangeAsync(HttpMethod method, string path, string by, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, by, cancellationToken);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable
            ? await answer.Content.ReadFromJsonAsync<JobOutcome>(Json, cancellationToken) ?? throw NoAnswer(answer)
            : await ReadAsync<JobOutcome>(answer, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? by, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, "/api/v1/" + path);
        if (by is not null)
            request.Headers.TryAddWithoutValidation(AdminRoutes.UserHeader, by);
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"The node at {_http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw NoAnswer(answer);
        AdminError? error = answer.Content.Headers.ContentType?.MediaType == "application/json"
            ? await answer.Content.ReadFromJsonAsync<AdminError>(Json, cancellationToken)
            : null;
        throw new IOException($"The node answers {(int)answer.StatusCode}: {error?.Error ?? answer.ReasonPhrase}.");
    }

    private static IOException NoAnswer(HttpResponseMessage answer) => new($"The node answers {(int)answer.StatusCode} and nothing else.");
}
