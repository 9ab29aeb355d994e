using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Walks;

namespace Dimec.Inference.Client;

/// <summary>
/// A tier at one address or several, of which any will do: the one with the least under way is asked, of equals the next in turn; where it
/// fails, the next one within the same deadline; where it is slow and the options say so, the next one beside it. What is known of an
/// address is that address's own.
/// </summary>
internal sealed class RemoteTier : IDisposable
{
    private readonly BundleTier _tier;
    private readonly TimeSpan _timeout;
    private readonly TierServer[] _servers;
    private readonly TimeSpan? _hedgeAfter;
    private readonly TimeProvider _time;
    private int _turn;

    public RemoteTier(Bundle bundle, BundleTier tier, IEnumerable<Uri> urls, DimecClientOptions options, TimeProvider time)
    {
        (_tier, _timeout, _hedgeAfter, _time) = (tier, options.TimeoutOf(tier.Name), options.HedgeAfter, time);
        _servers = [.. urls.Select(url => new TierServer(bundle, tier, url, options, time))];
    }

    /// <summary>The tier's name.</summary>
    public string Name => _tier.Name;

    /// <summary>Its addresses' servers.</summary>
    public IReadOnlyList<TierServer> Servers => _servers;

    /// <summary>Makes sure that the tier is there and holds this bundle's model, at each of its addresses.</summary>
    /// <returns>Null: it is and does, at one at least; the others are probed from now on.</returns>
    public async Task<TierFailure?> VerifyAsync(CancellationToken cancellationToken)
    {
        var failures = await Task
            .WhenAll(_servers.Select(server => server.EnterAsync(Timeout.InfiniteTimeSpan, cancellationToken))).ConfigureAwait(false);
        return failures.Contains(null) ? null : Together(failures!);
    }

    /// <summary>Has all layers of the tier run rows as one batch.</summary>
    /// <param name="rows">The rows' tokens.</param>
    /// <param name="outage">What made this tier fail in the caller's other batches;
    /// a failure of this one is told to those that wait.</param>
    /// <param name="limit">Says how long the caller still waits, where the options say more; null: it does not say.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>The logits, rows × classes; null: see the failure.</returns>
    public async Task<(float[]? Logits, TierFailure? Failure)> RunAsync(
        IReadOnlyList<TierRow> rows, TierOutage outage, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var (answer, failure) = await AskAsync(
            outage, limit, (server, call, token) => server.RunAsync(rows, call, token), cancellationToken).ConfigureAwait(false);
        return (answer?.Logits, failure);
    }

    /// <summary>Has the tier go on with the plan.</summary>
    /// <param name="work">The layers that it is to begin with.</param>
    /// <param name="samples">The samples, which have been visited as often as each other.</param>
    /// <param name="outage">As above.</param>
    /// <param name="limit">As above.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>What it says; null: it failed.</returns>
    public async Task<WalkAnswer?> WalkAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, TierOutage outage, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var (answer, _) = await AskAsync(
            outage, limit, (server, call, token) => server.WalkAsync(work, samples, call, token), cancellationToken)
            .ConfigureAwait(false);
        return answer;
    }

    public void Dispose()
    {
        foreach (var server in _servers)
            server.Dispose();
    }

    private async Task<(T? Answer, TierFailure? Failure)> AskAsync<T>(
        TierOutage outage, Func<TimeSpan>? limit,
        Func<TierServer, TierCall, CancellationToken, Task<(T? Answer, TierFailure? Failure)>> ask, CancellationToken cancellationToken)
        where T : class
    {
        if (outage.Failure is { } known)
            return (null, known);
        var call = new TierCall(outage, limit);
        var failures = new TierFailure?[_servers.Length];
        for (var next = await FirstAsync(call, failures, cancellationToken).ConfigureAwait(false); next >= 0; next = Next(call, failures))
        {
            var answer = await AskAsync(next, call, failures, ask, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
                return (answer, null);
            if (_servers.Length == 1 || call.Spent >= _timeout || limit?.Invoke() <= TimeSpan.Zero)
                break;
        }

        // An address that was out before has its say as well.
        return (null, outage.Report(Together([.. failures.Select((own, place) => own ?? _servers[place].Outage).OfType<TierFailure>()])));
    }

    /// <summary>Asks a server, and where it is slow another one beside it, so that the faster one counts.</summary>
    /// <returns>The answer; null: all that were asked failed, and the failures say why.</returns>
    private async Task<T?> AskAsync<T>(
        int place, TierCall call, TierFailure?[] failures,
        Func<TierServer, TierCall, CancellationToken, Task<(T? Answer, TierFailure? Failure)>> ask, CancellationToken cancellationToken)
        where T : class
    {
        if (_hedgeAfter is not { } after || !call.HasNext)
        {
            (var only, failures[place]) = await ask(_servers[place], call, cancellationToken).ConfigureAwait(false);
            return only;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new List<Task<(int Place, T? Answer, TierFailure? Failure)>> { AskOneAsync(place, call) };
        try
        {
            var slow = Task.Delay(after, _time, over.Token);
            if (await Task.WhenAny(underWay[0], slow).ConfigureAwait(false) == slow && !over.IsCancellationRequested)
            {
                var beside = new TierCall(call.Outage, call.Limit) { Spent = call.Spent + after, IsBeside = true };
                if (Next(beside, failures, except: place) is >= 0 and var other)
                    underWay.Add(AskOneAsync(other, beside));
            }

            while (underWay.Count > 0)
            {
                var done = await Task.WhenAny(underWay).ConfigureAwait(false);
                underWay.Remove(done);
                var (from, answer, failure) = await done.ConfigureAwait(false);
                failures[from] = failure;
                if (answer is null)
                    continue;
                // One that hangs would be slow again each time.
                if (from != place && underWay.Count > 0)
                    _servers[place].Doubt(after);
                return answer;
            }

            return null;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<(int Place, T? Answer, TierFailure? Failure)> AskOneAsync(int at, TierCall own)
        {
            var (answer, failure) = await ask(_servers[at], own, over.Token).ConfigureAwait(false);
            return (at, answer, failure);
        }
    }

    /// <summary>The server to ask first; where none is known to be fit, the first one that turns out to be is waited for.</summary>
    /// <returns>Its place; −1: none is, and the failures say why.</returns>
    private async Task<int> FirstAsync(TierCall call, TierFailure?[] failures, CancellationToken cancellationToken)
    {
        var next = Next(call, failures);
        // A single one is waited for where it is asked.
        if (next >= 0 || _servers.Length == 1)
            return Math.Max(0, next);
        var left = call.Limit?.Invoke() is { } caller ? TimeSpan.FromTicks(Math.Max(0, caller.Ticks)) : Timeout.InfiniteTimeSpan;
        var entering = _servers.Select((server, place) => EnterAsync(server, place)).ToList();
        while (entering.Count > 0)
        {
            var entered = await Task.WhenAny(entering).ConfigureAwait(false);
            entering.Remove(entered);
            var (place, failure) = await entered.ConfigureAwait(false);
            if (failure is null)
                return place;
            failures[place] = failure;
        }

        return -1;

        async Task<(int Place, TierFailure? Failure)> EnterAsync(TierServer server, int place) =>
            (place, await server.EnterAsync(left, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The server to ask next, of those that are fit and have not failed; −1: there is none.</summary>
    private int Next(TierCall call, TierFailure?[] failures, int except = -1)
    {
        var (best, fit, turn) = (-1, 0, (uint)Interlocked.Increment(ref _turn));
        for (var step = 0; step < _servers.Length; step++)
        {
            var place = (int)((turn + (uint)step) % (uint)_servers.Length);
            // Those that are not fit are asked whether they are all the same, so that they are probed.
            if (!_servers[place].IsUsable() || failures[place] is not null || place == except)
                continue;
            fit++;
            if (best < 0 || _servers[place].UnderWay < _servers[best].UnderWay)
                best = place;
        }

        call.HasNext = fit > 1;
        return best;
    }

    /// <summary>Why a tier cannot be had, by what each address had to say.</summary>
    private TierFailure Together(TierFailure[] failures) => failures.Length == 1
        ? failures[0]
        : new TierFailure(_tier.Name, failures[^1].Reason, string.Join(' ', failures.Select(failure => failure.Sentence).Distinct()));
}
