using System.Net.Sockets;
using System.Security.Authentication;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DicomRn.Node.Delivery;

/// <summary>
/// The resilience pipeline of one destination: a time limit per attempt, a breaker that leaves a dead destination alone,
/// and a few jittered repeats for what passes within seconds. What takes longer is the outbox's business.
/// </summary>
internal static class DestinationPipeline
{
    /// <summary>Builds it.</summary>
    /// <param name="options">Its numbers.</param>
    /// <param name="timeProvider">Its clock.</param>
    /// <param name="retrying">Told before each repeat.</param>
    public static ResiliencePipeline Build(
        DeliveryOptions options, TimeProvider timeProvider, Action<int, TimeSpan, Exception?> retrying)
    {
        PredicateBuilder<object> passing = new PredicateBuilder().Handle<Exception>(IsPassing);
        ResiliencePipelineBuilder builder = new() { TimeProvider = timeProvider };
        if (options.ImmediateRetries > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = passing,
                MaxRetryAttempts = options.ImmediateRetries,
                Delay = options.ImmediateRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = retry =>
                {
                    retrying(retry.AttemptNumber + 1, retry.RetryDelay, retry.Outcome.Exception);
                    return ValueTask.CompletedTask;
                },
            });
        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = passing,
                FailureRatio = 1,
                MinimumThroughput = options.BreakAfterFailures,
                // Long enough that failures which the outbox spaces out still count together.
                SamplingDuration = TimeSpan.FromDays(1),
                BreakDuration = options.BreakDuration,
            })
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    /// <summary>Whether a failure may be over when it is tried again later.</summary>
    internal static bool IsPassing(Exception exception) =>
        exception is PassingFailureException or DicomNetworkException or SocketException or IOException or TimeoutRejectedException or AuthenticationException
            or AggregateException;
}
