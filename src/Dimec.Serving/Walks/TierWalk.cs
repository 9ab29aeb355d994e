using Dimec.Costs;
using Dimec.Inference;
using Dimec.Inference.Client;
using Dimec.Inference.Walks;
using Dimec.Policies;
using Dimec.Serving.Models;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Walks;

/// <summary>
/// The bundle's plan as this tier goes on with it: its own layers here, hidden states sent on to the tiers that it has addresses of.
/// </summary>
internal sealed class TierWalk : IDisposable
{
    /// <summary>The share of the time that a caller waits which is left for the way back.</summary>
    private const double Reserve = 0.1;

    private readonly DimecClientOptions _options;
    private readonly WorkQueue _queue;

    private TierWalk(Bundle bundle, TierSet tiers, DimecClientOptions options, WorkQueue queue)
    {
        (Bundle, Tiers, _options, _queue) = (bundle, tiers, options, queue);
        Policy = bundle.Plan.CreatePolicy();
        var name = tiers.NameOf(tiers.Here);
        Beginnings =
        [
            0,
            .. bundle.Manifest.Stretches
                .Where(stretch => stretch.Tiers.Contains(name) && stretch.Layers.From > 0)
                .Select(stretch => stretch.Layers.From)
                .Distinct()
                .Order(),
        ];
    }

    public Bundle Bundle { get; }

    public TierSet Tiers { get; }

    public IPolicy Policy { get; }

    /// <summary>The layers whose hidden states it may be asked to go on from; 0 for token ids.</summary>
    public IReadOnlyList<int> Beginnings { get; }

    /// <summary>A tier's walk; null where the plan takes every tier as a whole, so that there is nothing to go on with.</summary>
    /// <exception cref="InputException">An address is of no deeper tier.</exception>
    public static TierWalk? Of(Bundle bundle, DimecTierOptions options, WorkQueue queue, TimeProvider time)
    {
        var names = bundle.Manifest.Tiers.Select(tier => tier.Name).ToList();
        var here = names.IndexOf(options.Tier);
        var errors = new InputErrors();
        foreach (var name in options.Forward.Keys.Where(name => names.IndexOf(name) <= here))
        {
            errors.Add(
                $"{DimecTierOptions.Name(nameof(options.Forward))} {name}", $"is no tier after {options.Tier}",
                here == names.Count - 1
                    ? "the last tier sends nothing on: leave it out"
                    : $"name {string.Join(", ", names.Skip(here + 1))}");
        }

        errors.ThrowIfAny();
        var asking = Asking(options);
        var tiers = new TierSet(bundle, here, Remotes(bundle, options, time), standIn: false);
        if (tiers.UsesWalks)
            return new TierWalk(bundle, tiers, asking, queue);
        tiers.Dispose();
        return null;
    }

    /// <summary>Goes on with samples as far as can be.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="first">The layers that all of them begin with.</param>
    /// <param name="call">Who asks, and how long the caller waits for the answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for it any more.</param>
    public Task RunAsync(
        IReadOnlyList<SampleProgress> samples, TierWork first, ModelCall call, CancellationToken cancellationToken) =>
        new PlanWalk(Tiers, new QueuedStretches(_queue, call.Caller), Policy, _options, Limit(call.Deadline))
            .RunAsync(samples, first, cancellationToken);

    /// <summary>How the tiers are asked that this one sends on to.</summary>
    public static DimecClientOptions Asking(DimecTierOptions options) =>
        new()
        {
            TierTimeout = options.ForwardTimeout,
            MaxBatch = options.MaxBatch,
            MaxConcurrency = 8,
            Security = options.ForwardSecurity,
        };

    /// <summary>These tiers, by their names.</summary>
    public static Dictionary<string, RemoteTier> Remotes(Bundle bundle, DimecTierOptions options, TimeProvider time) =>
        options.Forward.ToDictionary(
            pair => pair.Key, pair => new RemoteTier(bundle, bundle.Tier(pair.Key), [pair.Value], Asking(options), time));

    /// <summary>Says how much of a caller's time is left for other tiers; null: it does not say how long it waits.</summary>
    public static Func<TimeSpan>? Limit(RequestDeadline deadline)
    {
        if (deadline.Left is not { } whole)
            return null;
        return () => TimeSpan.FromMilliseconds(Math.Max(1, (deadline.Left!.Value - (whole * Reserve)).TotalMilliseconds));
    }

    public void Dispose() => Tiers.Dispose();
}
