using System.Globalization;
using Dimec.Serving.Backends;
using Dimec.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Revisions;

/// <summary>
/// Has the tier serve what is deployed: loads it beside what is served, and swaps the two only if all of it is as it should be. It looks
/// for itself where its source is watched, and when it is told to.
/// </summary>
internal sealed class RevisionLoader : IDisposable
{
    private readonly IBackendSource _source;
    private readonly ServedRevisions _revisions;
    private readonly Func<ITierBackend, ServedRevision> _serve;
    private readonly DimecTierOptions _options;
    private readonly TierMetrics _metrics;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _one = new(1);
    private readonly ITimer? _timer;
    private string? _seen;
    private volatile RefusedRevision? _refused;

    /// <param name="source">Where bundles come from.</param>
    /// <param name="revisions">What is served.</param>
    /// <param name="serve">Makes what can be served of a bundle's models.</param>
    /// <param name="options">What the tier is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts what comes of it.</param>
    /// <param name="log">The tier's log.</param>
    public RevisionLoader(
        IBackendSource source, ServedRevisions revisions, Func<ITierBackend, ServedRevision> serve, DimecTierOptions options,
        TimeProvider time, TierMetrics metrics, ILogger log)
    {
        (_source, _revisions, _serve, _options, _metrics, _log) = (source, revisions, serve, options, metrics, log);
        _seen = revisions.Current.Tier.Hash;
        if (source.IsWatched)
            _timer = time.CreateTimer(_ => Watch(), null, options.ReloadInterval, options.ReloadInterval);
    }

    /// <summary>Why what is to be served is not; null: it is.</summary>
    public RefusedRevision? Refused => _refused;

    /// <summary>Looks what is to be served, and has it served.</summary>
    /// <param name="isTold">Whether somebody asked for it: what was refused is then tried again.</param>
    /// <param name="cancellationToken">Ends the wait; a load that has begun is brought to its end.</param>
    /// <returns>Null: it is served; else why not, and what was served before is served on.</returns>
    public async Task<RefusedRevision?> LoadAsync(bool isTold, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => LoadAlone(isTold), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _timer?.Dispose();

    private void Watch()
    {
        // What is being loaded is what there is to see.
        if (_one.CurrentCount > 0)
            _ = LoadAsync(isTold: false, CancellationToken.None);
    }

    private RefusedRevision? LoadAlone(bool isTold)
    {
        try
        {
            return Load(isTold);
        }
        finally
        {
            _one.Release();
        }
    }

    private RefusedRevision? Load(bool isTold)
    {
        string? hash = null;
        int? revision = null;
        try
        {
            hash = _source.Look();
            if (!isTold && hash == _seen)
                return _refused;
            var before = _revisions.Current.Tier;
            if (hash != before.Hash)
                Say(_revisions.TrySwapBack(hash) ?? Swapped(Opened(out revision)), before);
            (_seen, _refused) = (hash, null);
            return null;
        }
        catch (Exception wrong) when (wrong is InputException or JobException)
        {
            return Refuse(hash, new RefusedRevision(PathNames.In(wrong.Message, Known()), revision), null);
        }
#pragma warning disable CA1031 // Whatever a bundle makes go wrong, what is served is served on.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            return Refuse(hash, new RefusedRevision("The bundle cannot be loaded; the server's log says why.", revision), mistake);
        }
    }

    private RefusedRevision Refuse(string? hash, RefusedRevision refused, Exception? mistake)
    {
        var isNew = hash is null ? _refused?.Sentence != refused.Sentence : true;
        (_seen, _refused) = (hash, refused);
        if (isNew)
        {
            _log.RevisionRefused(
                _options.Tier, mistake is null ? refused.Sentence : $"{refused.Sentence} ({FaultName.Of(mistake)})");
            if (mistake is not null)
                _log.FaultDetails(mistake);
            _metrics.Refused(_options.Tier);
        }

        return refused;
    }

    private string?[] Known() => [_options.Bundle, _options.Trust, _options.Record];

    private ServedRevision Opened(out int? revision)
    {
        revision = null;
        if (_options.Record is { } file)
        {
            throw new InputException(
                DimecTierOptions.Name(nameof(_options.Record)), $"is {file}, which holds what the exits of one bundle say",
                "start the tier again with the other bundle and another file");
        }

        var backend = _source.Open();
        revision = backend.Description.Revision;
        try
        {
            Check(backend.Description);
        }
        catch
        {
            backend.Dispose();
            throw;
        }

        return _serve(backend);
    }

    /// <summary>A revision is a version in the addresses of the tier's models, and stands for one bundle.</summary>
    private void Check(TierDescription next)
    {
        if (_revisions.All.FirstOrDefault(served => served.Tier.Revision == next.Revision && served.Tier.Hash != next.Hash) is { } other)
        {
            throw new InputException(
                _options.Bundle, $"has revision {next.Revision}, and so has the bundle {other.Tier.Hash}, which is served and another one",
                "export it under a revision of its own");
        }
    }

    private ServedRevision Swapped(ServedRevision next)
    {
        if (_revisions.TrySwap(next))
            return next;
        next.Dispose();
        throw new JobException("The tier is about to stop, and serves no other bundle.");
    }

    private void Say(ServedRevision next, TierDescription before)
    {
        _metrics.Served(next.Tier.Tier);
        _log.RevisionServed(
            next.Tier.Tier, next.Tier.Revision.ToString(CultureInfo.InvariantCulture), next.Tier.Hash,
            before.Revision.ToString(CultureInfo.InvariantCulture), _options.KeepOld.TotalSeconds);
    }
}
