using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>How long the caller of a request waits for its answer, as <c>dimec_deadline_ms</c> says.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly TimeSpan? _limit;
    private readonly CancellationTokenSource? _passed;

    private RequestDeadline(TimeSpan? limit, TimeProvider time)
    {
        (_limit, _time, _began) = (limit, time, time.GetTimestamp());
        if (limit is { } most)
            _passed = new CancellationTokenSource(most, time);
    }

    /// <summary>Cancelled when it has passed: what waits for an answer then waits for nothing.</summary>
    public CancellationToken Passed => _passed?.Token ?? CancellationToken.None;

    /// <summary>What is left of it; null: the request says nothing of a deadline.</summary>
    public TimeSpan? Left => _limit - _time.GetElapsedTime(_began);

    /// <summary>The answer to a request whose deadline has passed.</summary>
    public ProtocolException Exceeded => new(
        ProtocolStatus.DeadlineExceeded,
        string.Create(
            CultureInfo.InvariantCulture, $"the {_limit!.Value.TotalMilliseconds} ms of '{TierNames.DeadlineParameter}' have passed"));

    /// <summary>The deadline of a request that is here now.</summary>
    /// <exception cref="ProtocolException">It is no number of milliseconds.</exception>
    public static RequestDeadline Of(InferRequest request, TimeProvider time)
    {
        if (!request.Parameters.TryGetValue(TierNames.DeadlineParameter, out var named) || named.String is not { } text)
            return new RequestDeadline(null, time);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? new RequestDeadline(TimeSpan.FromMilliseconds(milliseconds), time)
            : throw new ProtocolException($"'{TierNames.DeadlineParameter}' is '{text}'; give whole milliseconds, at least 1");
    }

    public void Dispose() => _passed?.Dispose();
}
