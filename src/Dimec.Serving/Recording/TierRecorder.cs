using System.Globalization;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Client;
using Dimec.OpenInference;
using Dimec.Policies;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Recording;

/// <summary>A tier's recording: what it was asked and has answered, with what the bundle's other exits would have said.</summary>
internal sealed class TierRecorder : IDisposable
{
    /// <summary>How long a stop waits for what is still to be recorded.</summary>
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(5);

    private readonly ExitRecorder _recorder;
    private readonly IReadOnlyList<TierModel> _models;
    private readonly int _exit;
    private readonly int _classes;
    private readonly ILogger _log;

    private TierRecorder(ExitRecorder recorder, IReadOnlyList<TierModel> models, int exit, int classes, ILogger log) =>
        (_recorder, _models, _exit, _classes, _log) = (recorder, models, exit, classes, log);

    /// <summary>Begins to record where the options say so; null: they do not.</summary>
    /// <exception cref="InputException">The plan does not ask this tier for every sample, or the file is another bundle's or cannot be
    /// written.</exception>
    public static TierRecorder? Of(Bundle? bundle, DimecTierOptions options, ILogger log)
    {
        if (bundle is null || options.Record is not { } file)
            return null;
        Check(bundle, options);
        var own = bundle.Tier(options.Tier);
        var models = new List<TierModel>();
        try
        {
            // A thread each: what is recorded waits, and who asks does not.
            foreach (var tier in bundle.Manifest.Tiers.Where(tier => tier.Name != own.Name))
                models.Add(TierModel.Load(bundle, tier.Name, new TierModelOptions { Threads = 1, MaxBatchTokens = options.MaxTokens }));
            var source = new ExitSource(
                bundle.Ngram is null ? null : new ExitZero(bundle), new ExitSteps(bundle.Shape, models), [own.Exit], [],
                bundle.Manifest.Labels.Count);
            var name = Path.GetFileName(file);
            var recorder = ExitRecorder.Begin(
                bundle, file, options.RecordLimit, source, why => log.RecordingStopped(name, PathNames.In(why, file)),
                halvings => log.RecordingHalved(name, 1 << halvings));
            if (recorder.CutBytes > 0)
                log.RecordingCut(name, recorder.CutBytes);
            return new TierRecorder(recorder, models, own.Exit, bundle.Manifest.Labels.Count, log);
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }
    }

    /// <summary>Takes on what a request asked and all layers of the tier have said to it; never waits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">What it calls itself, where that is none of its texts; else empty.</param>
    /// <param name="rows">Its rows' tokens.</param>
    /// <param name="logits">Rows × classes.</param>
    public void Offer(InferRequest request, string id, IReadOnlyList<TierRow> rows, float[] logits)
    {
        if (request.Parameters.ContainsKey(TierNames.ProbeParameter))
            return;
        foreach (var (place, row) in rows.Index())
        {
            var name = id.Length == 0 || rows.Count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}/{place}");
            _recorder.Offer(new AnsweredSample(name, row, new Dictionary<int, ReadOnlyMemory<float>>
            {
                [_exit] = logits.AsMemory(place * _classes, _classes),
            }));
        }
    }

    public void Dispose()
    {
        _recorder.CloseAsync(s_closeLimit).GetAwaiter().GetResult();
        if (_recorder.State is { Dropped: var dropped, Failed: var failed } state && dropped + failed > 0)
            _log.RecordingIncomplete(Path.GetFileName(state.File), state.Recorded, dropped, failed);
        foreach (var model in _models)
            model.Dispose();
    }

    /// <summary>What is answered before it never comes here, and no promise can be tested on the rest.</summary>
    private static void Check(Bundle bundle, DimecTierOptions options)
    {
        var (policy, last) = (bundle.Plan.Policy, bundle.Manifest.Tiers[^1].Name);
        if (policy == options.Tier || (policy == PolicyList.StackedCloud && options.Tier == last))
            return;
        throw new InputException(
            DimecTierOptions.Name(nameof(options.Record)),
            $"is given, and the bundle's plan, '{policy}', does not ask {options.Tier} for every sample, so that what is recorded here "
            + "would be no sample of what is served",
            $"serve a bundle of the plan '{PolicyList.StackedCloud}' or '{last}' on {last}, or record in the client");
    }
}
