using System.Globalization;
using Dimec.OpenInference;
using Polly;
using Polly.Hedging;
using Polly.Retry;

namespace Dimec.Inference.Client;

/// <summary>
/// The calls of one tier: each has a deadline of its own, and within it is made again where that can help. Inference changes nothing, so
/// that a call may be made twice.
/// </summary>
internal sealed class TierCalls
{
    /// <summary>Before the first retry, on average; twice as long before the next.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>With less time than that an attempt is not begun after a failure.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(150);

    private static readonly ResiliencePropertyKey<Func<TimeSpan>> s_left = new("dimec.left");

    private readonly OpenInferenceClient _client;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<ITierResult> _pipeline;

    public TierCalls(OpenInferenceClient client, DimecClientOptions options, TimeSpan timeout, TimeProvider time)
    {
        (_client, _time, Timeout) = (client, time, timeout);
        var builder = new ResiliencePipelineBuilder<ITierResult> { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<ITierResult>
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = s_pause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(CanHelp(args.Outcome.Result, args.Context)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.Cause?.RetryAfter),
            });
        }

        if (options.HedgeAfter is { } after)
        {
            builder.AddHedging(new HedgingStrategyOptions<ITierResult>
            {
                Delay = after,
                MaxHedgedAttempts = 1,
                // A failure is the retries' to mend; a hedge is for what is slow.
                ShouldHandle = _ => ValueTask.FromResult(false),
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>How long a call may take where its caller has not less time.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>
    /// Whether a time is so much of <see cref="Timeout"/> that a tier which did not answer in it has to be taken for one that hangs, and
    /// its connection for lost.
    /// </summary>
    public bool IsMost(TimeSpan time) => 2 * time >= Timeout;

    /// <summary>Makes a call.</summary>
    /// <param name="limit">How long it may take with all its attempts; more than 0.</param>
    /// <param name="call">One attempt.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <param name="repeats">
    /// Whether it may be made again: after a failure that another attempt can mend, and beside an attempt that is slow.
    /// </param>
    public async Task<TierResult<T>> RunAsync<T>(
        TimeSpan limit, Func<TierAttempt, Task<TierResult<T>>> call, CancellationToken cancellationToken,
        bool repeats = true)
        where T : class
    {
        var began = _time.GetTimestamp();
        TimeSpan Left() => limit - _time.GetElapsedTime(began);
        var broke = false;
        using var deadline = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(both.Token);
        context.Properties.Set(s_left, Left);
        try
        {
            var pipeline = repeats ? _pipeline : ResiliencePipeline<ITierResult>.Empty;
            return (TierResult<T>)await pipeline.ExecuteAsync(async attempt =>
            {
                var result = await call(new TierAttempt(Left(), Volatile.Read(ref broke), attempt.CancellationToken))
                    .ConfigureAwait(false);
                if (IsBreak(result.Cause))
                    Volatile.Write(ref broke, true);
                return (ITierResult)result;
            }, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (IsMost(limit))
                _client.Reconnect();
            return TierResult<T>.Failed(TierFailureReason.TimedOut, Late(limit));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>What is to be said of a tier that was waited for in vain.</summary>
    public static string Late(TimeSpan limit) =>
        string.Create(CultureInfo.InvariantCulture, $"it did not answer within {limit.TotalSeconds:0.###} s");

    private static bool IsBreak(OpenInferenceFailure? cause) =>
        cause is { Reason: OpenInferenceFailureReason.Unreachable or OpenInferenceFailureReason.Unavailable };

    /// <summary>
    /// A connection that broke and a server that is just stopping are another one's next time, and who is too busy says when to come back.
    /// What took too long, was refused or is wrong is so again.
    /// </summary>
    private static bool CanHelp(ITierResult? result, ResilienceContext context)
    {
        var cause = result?.Cause;
        var after = IsBreak(cause)
            ? cause!.RetryAfter ?? TimeSpan.Zero
            : cause is { Reason: OpenInferenceFailureReason.Overloaded } ? cause.RetryAfter : null;
        return after >= TimeSpan.Zero && after + s_least < context.Properties.GetValue(s_left, () => TimeSpan.Zero)();
    }
}
