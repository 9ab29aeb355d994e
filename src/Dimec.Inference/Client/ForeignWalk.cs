using System.Collections.Concurrent;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.Policies;

namespace Dimec.Inference.Client;

/// <summary>
/// One step of a plan on a server that knows no plans: a stretch of layers by <c>dimec_A_B</c>, whose hidden states come back to the
/// client, or all of the tier's by <c>dimec_TIER</c>. No golden sample says what a stretch answers, so that it is used only once it has
/// been seen to end, on the texts at hand, at the logits of the tier's whole.
/// </summary>
internal sealed class ForeignWalk(Bundle bundle, BundleTier tier, TierModels models)
{
    private readonly HashSet<int> _resumed = [.. bundle.Plan.Works.Select(work => work.From)];

    /// <summary>What is known of the models, by their layers: a name for the states that they give, or none.</summary>
    private volatile ConcurrentDictionary<LayerStretch, ForeignStretch> _stretches = new();

    /// <summary>Whatever is known may have changed, and what is being found out just now as well.</summary>
    public void Forget() => _stretches = new();

    /// <summary>Runs the layers, or all of the tier's where the server has no model of them.</summary>
    /// <param name="work">The layers.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<TierResult<WalkAnswer>> RunAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, CancellationToken cancellationToken)
    {
        var layers = new LayerStretch(work.From, work.To);
        TierRow[] rows = [.. samples.Select(sample => sample.RowFrom(work.From))];
        var found = await FindAsync(layers, rows, cancellationToken).ConfigureAwait(false);
        if (found.Value is not { } stretch)
            return found.As<WalkAnswer>();
        if (!stretch.IsUsable)
        {
            if (rows[0].Ids.IsEmpty)
            {
                return TierResult<WalkAnswer>.Failed(
                    TierFailureReason.Refused,
                    $"it has no model of the layers {work.From + 1} to {work.To} that is known to be this bundle's, "
                    + "and the text is not here to begin with");
            }

            (layers, work) = (models.Whole, TierWork.OfText(work.Tier, tier.Exit));
            rows = [.. samples.Select(sample => sample.Tokens)];
            found = await FindAsync(layers, rows, cancellationToken).ConfigureAwait(false);
            if (found.Value is null)
                return found.As<WalkAnswer>();
            stretch = found.Value;
        }

        var wanted = stretch.States is not null && _resumed.Contains(work.To);
        var run = await RunAsync(layers, stretch, rows, wanted, cancellationToken).ConfigureAwait(false);
        return run.Select(answer => Answer(answer, work, samples.Count));
    }

    private WalkAnswer Answer(TierAnswer answer, TierWork work, int samples)
    {
        var classes = bundle.Manifest.Labels.Count;
        return new WalkAnswer(
            [.. Enumerable.Range(0, samples).Select(row => (Visit[])[new Visit(work, answer.Logits.AsMemory(row * classes, classes))])],
            [.. Enumerable.Range(0, samples).Select(row => answer.Hidden is { } hidden ? new HiddenState(work.To, hidden[row]) : null)],
            ForwardFailure: null, answer.Bundle);
    }

    private Task<TierResult<TierAnswer>> RunAsync(
        LayerStretch layers, ForeignStretch stretch, TierRow[] rows, bool hidden, CancellationToken cancellationToken) =>
        models.RunAsync(
            layers, rows, hidden, new Dictionary<string, ParameterValue>(), cancellationToken, stretch.States ?? TierNames.HiddenStates);

    /// <summary>What is known of a model, or is found out with these rows.</summary>
    private async Task<TierResult<ForeignStretch>> FindAsync(
        LayerStretch layers, TierRow[] rows, CancellationToken cancellationToken)
    {
        var stretches = _stretches;
        if (stretches.TryGetValue(layers, out var known) && (known.IsUsable || !known.IsToBeSeen))
            return TierResult<ForeignStretch>.Of(known);
        var described = await DescribeAsync(layers, cancellationToken).ConfigureAwait(false);
        // The whole has answered the golden samples. Without the texts there is nothing to compare with.
        if (described.Value is { IsToBeSeen: true } stretch && !rows[0].Ids.IsEmpty)
            described = await SeenAsync(layers, stretch, rows, cancellationToken).ConfigureAwait(false);
        if (described.Value is { } found)
            stretches[layers] = found;
        return described;
    }

    private async Task<TierResult<ForeignStretch>> DescribeAsync(LayerStretch layers, CancellationToken cancellationToken)
    {
        var described = await models.DescribeAsync(layers, models.Version, cancellationToken).ConfigureAwait(false);
        if (described.Cause is
            {
                Reason: OpenInferenceFailureReason.NotFound or OpenInferenceFailureReason.InvalidArgument
                    or OpenInferenceFailureReason.Unsupported
            })
        {
            return TierResult<ForeignStretch>.Of(new ForeignStretch(IsUsable: false, IsToBeSeen: false, States: null));
        }

        return described.Select(model =>
        {
            var fits = ModelFit.Problem(bundle, layers, model) is null;
            var isWhole = layers == models.Whole;
            return new ForeignStretch(fits && isWhole, fits && !isWhole, ModelFit.StatesOf(bundle, model));
        });
    }

    /// <summary>Runs on from the stretch to the tier's last layer, and all of the tier beside.</summary>
    private async Task<TierResult<ForeignStretch>> SeenAsync(
        LayerStretch layers, ForeignStretch stretch, TierRow[] rows, CancellationToken cancellationToken)
    {
        var isInner = layers.To < tier.Exit;
        var run = await RunAsync(layers, stretch, rows, isInner && stretch.States is not null, cancellationToken).ConfigureAwait(false);
        if (isInner && run.Value is { Hidden: { } hidden })
        {
            var rest = new LayerStretch(layers.To, tier.Exit);
            var last = await DescribeAsync(rest, cancellationToken).ConfigureAwait(false);
            if (last.Value is null)
                return last;
            if (!last.Value.IsToBeSeen)
                return TierResult<ForeignStretch>.Of(stretch with { IsToBeSeen = false });
            run = await RunAsync(
                rest, last.Value, [.. rows.Select((row, place) => row with { Hidden = hidden[place] })], hidden: false, cancellationToken)
                .ConfigureAwait(false);
        }
        else if (isInner && run.Value is not null)
        {
            return TierResult<ForeignStretch>.Of(stretch with { IsToBeSeen = false });
        }

        if (run.Value is null)
            return run.As<ForeignStretch>();
        var whole = await models.RunAsync(
            models.Whole, rows, hidden: false, new Dictionary<string, ParameterValue>(), cancellationToken).ConfigureAwait(false);
        return whole.Select(answer => stretch with
        {
            IsUsable = GoldenCheck.IsAlike(bundle.Manifest.Precision, run.Value.Logits, answer.Logits),
            IsToBeSeen = false,
        });
    }

    /// <summary>A model of some layers on the server.</summary>
    /// <param name="IsUsable">Whether it is this bundle's.</param>
    /// <param name="IsToBeSeen">Whether that is still to be seen.</param>
    /// <param name="States">What it calls the states that it gives; null: it gives none.</param>
    private sealed record ForeignStretch(bool IsUsable, bool IsToBeSeen, string? States);
}
