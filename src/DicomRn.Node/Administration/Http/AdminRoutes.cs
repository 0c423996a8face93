using DicomRn.Node.Administration.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DicomRn.Node.Administration.Http;

/// <summary>The paths of the administration interface.</summary>
internal static class AdminRoutes
{
    /// <summary>The header that says who asks, for the record of deletions.</summary>
    public const string UserHeader = "X-DicomRn-User";

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder routes, IJobs jobs, NodeHealth health)
    {
        routes.MapGet("/healthz", () => Results.Text("ok"));
        routes.MapGet("/readyz", async (CancellationToken token) =>
            await health.FindProblemAsync(token) is { } problem
                ? Results.Json(new AdminError(problem), statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ok"));
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        api.MapGet("/status", async (CancellationToken token) => Results.Ok(await jobs.GetStatusAsync(token)));
        api.MapGet("/studies", (HttpRequest request, CancellationToken token) => ListAsync(request, f => jobs.ListAsync(f, token)));
        api.MapGet("/deliveries", (HttpRequest request, CancellationToken token) => ListAsync(request, f => jobs.GetDeliveriesAsync(f, token)));
        api.MapGet("/associations", (HttpRequest request, CancellationToken token) => ListAsync(request, f => jobs.GetAssociationsAsync(f, token)));
        api.MapGet("/deletions", (HttpRequest request, CancellationToken token) => ListAsync(request, f => jobs.GetDeletionsAsync(f, token)));
        api.MapGet("/studies/{uid}", async (string uid, CancellationToken token) =>
            await jobs.FindAsync(uid, token) is { } study
                ? Results.Ok(study)
                : Results.Json(new AdminError($"There is no study {uid}."), statusCode: StatusCodes.Status404NotFound));
        api.MapPost("/studies/{uid}/retry", async (string uid, HttpRequest request, CancellationToken token) =>
            Answer(await jobs.RetryAsync(uid, UserOf(request), token)));
        api.MapDelete("/studies/{uid}", async (string uid, HttpRequest request, CancellationToken token) =>
            Answer(await jobs.DiscardAsync(uid, UserOf(request), ReasonOf(request), token)));
    }

    private static async Task<IResult> ListAsync<T>(HttpRequest request, Func<JobFilter, Task<IReadOnlyList<T>>> list) =>
        JobFilterQuery.TryParse(request.Query, out JobFilter? filter, out string? error)
            ? Results.Ok(await list(filter))
            : Results.Json(new AdminError(error), statusCode: StatusCodes.Status400BadRequest);

    private static IResult Answer(JobOutcome outcome) => Results.Json(outcome, statusCode: outcome.Result switch
    {
        JobResult.Done => StatusCodes.Status200OK,
        JobResult.NotFound => StatusCodes.Status404NotFound,
        JobResult.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    });

    private static string UserOf(HttpRequest request) =>
        request.Headers[UserHeader] is [{ Length: > 0 and <= 100 } user] ? user : "administration interface";

    private static string ReasonOf(HttpRequest request) =>
        request.Query["reason"] is [{ Length: > 0 and <= 1000 } reason] ? reason : "discarded by a person";
}
