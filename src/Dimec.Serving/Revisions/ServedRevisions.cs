using System.Globalization;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.Serving.Models;
using Dimec.Serving.Scheduling;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Revisions;

/// <summary>
/// The revision that is served, and for a while the one before it, which goes on answering those that name it: in a fleet not everybody
/// has the next one at once. A request is answered by one of them from its beginning to its end.
/// </summary>
internal sealed class ServedRevisions : IDisposable
{
    private readonly IScheduler _scheduler;
    private readonly TimeSpan _keep;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly List<ServedRevision> _leaving = [];
    private readonly TimeProvider _time;
    private ITimer _timer;
    private ServedRevision _current;
    private ServedRevision? _kept;
    private int _swaps;
    private bool _isClosed;

    /// <param name="first">What is served first.</param>
    /// <param name="scheduler">What keeps tables for each of them.</param>
    /// <param name="keep">How long the one before is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The tier's log.</param>
    public ServedRevisions(ServedRevision first, IScheduler scheduler, TimeSpan keep, TimeProvider time, ILogger log)
    {
        (_current, _scheduler, _keep, _log) = (first, scheduler, keep, log);
        (_time, _timer) = (time, NoTimer(time));
    }

    public ServedRevision Current
    {
        get
        {
            lock (_lock)
                return _current;
        }
    }

    /// <summary>The current one, and the one before it where it is kept.</summary>
    public IReadOnlyList<ServedRevision> All
    {
        get
        {
            lock (_lock)
                return Listed();
        }
    }

    /// <summary>A model. One without a version is the current revision's.</summary>
    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public IServedModel Find(string name, string version)
    {
        lock (_lock)
            return Located(name, version).Model;
    }

    /// <summary>The model that a request is for: of the bundle that it names, else of the version.</summary>
    /// <exception cref="ProtocolException">There is no such model, it is another bundle's, or an output is asked for
    /// that it does not have.</exception>
    public HeldModel For(InferRequest request)
    {
        var hash = request.Parameters.TryGetValue(TierNames.BundleParameter, out var named) ? named.String : null;
        ServedRevision revision;
        IServedModel model;
        lock (_lock)
        {
            (revision, model) = OfBundle(hash) is { } own
                ? (own, own.Models.Find(request.Model, request.Version))
                : Located(request.Model, request.Version);
            if (hash is not null && !IsOf(revision, hash))
                throw OtherBundle(hash);
            revision.Hold();
        }

        try
        {
            ServedModels.CheckOutputs(model, request);
            return new HeldModel(revision, model);
        }
        catch
        {
            revision.LetGo();
            throw;
        }
    }

    /// <summary>Serves another revision from now on.</summary>
    /// <param name="next">The revision.</param>
    /// <returns>False: the tier stops, and serves nothing new.</returns>
    public bool TrySwap(ServedRevision next)
    {
        lock (_lock)
        {
            if (_isClosed)
                return false;
            Swap(next);
            return true;
        }
    }

    /// <summary>Serves the revision again that is kept, where it is still.</summary>
    /// <param name="hash">Its bundle's hash.</param>
    /// <returns>The revision; null: it is not here any more, or the tier stops.</returns>
    public ServedRevision? TrySwapBack(string hash)
    {
        lock (_lock)
        {
            if (_isClosed || _kept is not { } kept || !IsOf(kept, hash))
                return null;
            Swap(kept);
            return kept;
        }
    }

    /// <summary>Ends what all of them do beside their answers, and serves nothing new.</summary>
    public void Close()
    {
        foreach (var revision in Closing())
            revision.Close();
    }

    /// <summary>Frees all models, which nothing may run any more.</summary>
    public void Dispose()
    {
        foreach (var revision in Closing())
            revision.Dispose();
        _timer.Dispose();
    }

    /// <summary>The lock is held.</summary>
    private void Swap(ServedRevision next)
    {
        if (_kept is { } kept && kept != next)
            Leave(kept);
        (_current, _kept) = (next, _current);
        var swap = ++_swaps;
        _timer.Dispose();
        if (_keep > TimeSpan.Zero)
        {
            // Of a timer that had run out already and waits for the lock, the one that is kept now is not meant.
            _timer = _time.CreateTimer(_ => DropKept(swap), null, _keep, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer = NoTimer(_time);
            Leave(_kept);
            _kept = null;
        }
    }

    private static ITimer NoTimer(TimeProvider time) =>
        time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private ServedRevision[] Closing()
    {
        lock (_lock)
        {
            _isClosed = true;
            return [.. Listed(), .. _leaving];
        }
    }

    private ServedRevision[] Listed() => _kept is { } kept ? [_current, kept] : [_current];

    private ServedRevision? OfBundle(string? hash) => hash is null ? null : Array.Find(Listed(), revision => IsOf(revision, hash));

    private static bool IsOf(ServedRevision revision, string hash) => hash.Equals(revision.Tier.Hash, StringComparison.OrdinalIgnoreCase);

    private (ServedRevision Revision, IServedModel Model) Located(string name, string version)
    {
        if (version.Length > 0 && _kept is { } kept && kept.Models.TryFind(name) is { } model && model.Metadata.Versions[0] == version
            && _current.Models.TryFind(name)?.Metadata.Versions[0] != version)
        {
            return (kept, model);
        }

        return (_current, _current.Models.Find(name, version));
    }

    private ProtocolException OtherBundle(string hash) => new(
        ProtocolStatus.FailedPrecondition,
        $"this tier serves the bundle {string.Join(" and for a while ", Listed().Select(revision => revision.Tier.Hash))}, "
        + $"the request was made for {(hash.Length <= 64 ? hash : string.Concat(hash.AsSpan(0, 64), "…"))}; "
        + "give client and tier the same bundle");

    private void DropKept(int swap)
    {
        lock (_lock)
        {
            if (_kept is null || _isClosed || swap != _swaps)
                return;
            Leave(_kept);
            _kept = null;
        }
    }

    /// <summary>Serves a revision no longer: it goes once it is drained. The lock is held.</summary>
    private void Leave(ServedRevision revision)
    {
        _leaving.Add(revision);
        revision.LetGo();
        _ = DrainAsync(revision).ContinueWith(
            _ => ModelMemory.GiveBack(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task DrainAsync(ServedRevision revision)
    {
        // The lock is held by who has it leave.
        await Task.Yield();
        await revision.Drained.ConfigureAwait(false);
        _scheduler.Forget(revision);
        revision.Dispose();
        lock (_lock)
            _leaving.Remove(revision);
        _log.RevisionLeft(
            revision.Tier.Tier, revision.Tier.Revision.ToString(CultureInfo.InvariantCulture), revision.Tier.Hash);
    }
}
