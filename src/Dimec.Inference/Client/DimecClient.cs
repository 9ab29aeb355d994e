using System.Diagnostics;
using Dimec.Inference.Batching;
using Dimec.Inference.Client;
using Dimec.Inference.Telemetry;
using Dimec.Inference.Walks;
using Dimec.Policies;
using Dimec.Telemetry;

namespace Dimec.Inference;

/// <summary>
/// Classifies texts on the smallest tier that the bundle's plan finds fit: here, or on a tier at an address. A tier that refuses, times
/// out, cannot be reached, gives an invalid response or serves a bundle that does not match is no error: another one answers in its place
/// (the next more capable one that can be had, else the next cheaper one, at last the mobile, which is this process), and the answer says
/// so. Any number of threads may use it.
/// </summary>
/// <remarks>It speaks to the tiers that it is given and to nobody else:
/// ONNX Runtime's own telemetry is off, see <see cref="TierModel"/>.</remarks>
public sealed class DimecClient : IAsyncDisposable
{
    private readonly Bundle _bundle;
    private readonly DimecClientOptions _options;
    private readonly TimeProvider _time;
    private readonly IPolicy _policy;
    private readonly EmbeddingLayer? _embeddings;
    private readonly ExitZero? _exitZero;
    private readonly TierSet _tiers;
    private readonly LocalTier? _local;
    private readonly ExitRecorder? _recorder;
    private readonly AnswerCache? _cache;

    private DimecClient(
        Bundle bundle, DimecClientOptions options, TierSet tiers, LocalTier? local, ExitRecorder? recorder,
        TimeProvider time, IReadOnlyList<TierFailure> unreachable)
    {
        (_bundle, _options, _tiers, _local, _recorder, _time, Unreachable) =
            (bundle, options, tiers, local, recorder, time, unreachable);
        _policy = bundle.Plan.CreatePolicy();
        _cache = AnswerCache.Of(bundle, options);
        _exitZero = bundle.Plan.Needs.ExitZero ? new ExitZero(bundle) : null;
        _embeddings = bundle.Plan.Needs.Embedding is not null ? EmbeddingLayer.Open(bundle) : null;
        ClientTelemetry.Follow(this, bundle.Plan);
    }

    /// <summary>The tiers that could not be used when the client connected. They are probed, and used once they are there.</summary>
    public IReadOnlyList<TierFailure> Unreachable { get; }

    /// <summary>What has become of the samples that were to be recorded; null: nothing is.</summary>
    public RecordingState? Recording => _recorder?.State;

    /// <summary>Loads the mobile's model and makes sure that the other tiers hold the same bundle.</summary>
    /// <param name="bundle">The bundle, opened at least for its first tier. It stays the caller's.</param>
    /// <param name="tiers">
    /// The addresses of the other tiers by their names: <c>grpc://host:8001</c>, <c>grpcs://…</c>, <c>http://host:8000</c>,
    /// <c>https://…</c>. A tier that is there several times has several, of which any will do; one without any is never asked.
    /// </param>
    /// <param name="options">Deadlines and batch sizes; null: the defaults.</param>
    /// <param name="time">The clock of the deadlines; null: the system's.</param>
    /// <param name="cancellationToken">Stops the connecting.</param>
    /// <returns>The client. Tiers that are down are in <see cref="Unreachable"/>.</returns>
    /// <exception cref="InputException">
    /// An option is out of its range, an address is malformed or of no tier of the bundle, or it is certain that what answers there is
    /// something else than a server of the Open Inference Protocol v2; everything that is wrong is reported together. A fault that may pass
    /// is none of these: the tier is in <see cref="Unreachable"/>. Or the file to record into is another bundle's or cannot be written.
    /// </exception>
    public static async Task<DimecClient> ConnectAsync(
        Bundle bundle,
        IEnumerable<KeyValuePair<string, Uri>> tiers,
        DimecClientOptions? options = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        options ??= new DimecClientOptions();
        time ??= TimeProvider.System;
        var errors = new InputErrors();
        var urls = tiers.ToLookup(tier => tier.Key, tier => tier.Value);
        Check(bundle, urls, options, errors);
        errors.ThrowIfAny();
        var all = bundle.Manifest.Tiers;
        var local = new LocalTier(TierModel.Load(bundle, all[0].Name, options.Model), options);
        var remotes = urls.ToDictionary(
            tier => tier.Key, tier => new RemoteTier(bundle, bundle.Tier(tier.Key), tier, options, time));
        var set = new TierSet(bundle, here: 0, remotes, standIn: true);
        try
        {
            var failures = await Task.WhenAll(remotes.Values.Select(remote => remote.VerifyAsync(cancellationToken))).ConfigureAwait(false);
            RefuseMismatches(remotes.Values);
            var recorder = ClientRecorder.Begin(bundle, urls, options, local.Model, time);
            return new DimecClient(bundle, options, set, local, recorder, time, [.. failures.OfType<TierFailure>()]);
        }
        catch
        {
            set.Dispose();
            local.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Checks a call of <see cref="ConnectAsync"/> without connecting, so that its mistakes can be reported with a caller's own.
    /// </summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tiers">The addresses of the other tiers.</param>
    /// <param name="options">Deadlines and batch sizes.</param>
    /// <param name="errors">Gets everything that is wrong as far as it can be known.</param>
    public static void Check(
        Bundle bundle, IEnumerable<KeyValuePair<string, Uri>> tiers, DimecClientOptions options, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        Check(bundle, tiers.ToLookup(tier => tier.Key, tier => tier.Value), options, errors);
    }

    /// <summary>Classifies one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="InputException">The bundle takes pairs.</exception>
    /// <exception cref="JobException">The mobile's own model failed, e.g. for want of memory.</exception>
    public async Task<Classification> ClassifyAsync(string text, CancellationToken cancellationToken = default)
        => (await ClassifyAsync([new TextInput(text)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>A client whose tiers somebody else has set up; it closes the connections to them, and asks none of them before it has to.
    /// </summary>
    /// <param name="bundle">The bundle, opened at least for its first tier.</param>
    /// <param name="options">How other tiers are asked.</param>
    /// <param name="tiers">The tiers.</param>
    /// <param name="time">The clock.</param>
    internal static DimecClient Of(Bundle bundle, DimecClientOptions options, TierSet tiers, TimeProvider time) =>
        new(bundle, options, tiers, local: null, recorder: null, time, []);

    /// <summary>Classifies texts; those bound for one tier travel in batches of like length.</summary>
    /// <param name="inputs">The texts, in any number.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>An answer for each text, in the texts' order, the same as each would get alone;
    /// see <see cref="Classification.Error"/> for a text that no tier could answer.</returns>
    /// <exception cref="InputException">A text has no second one where the bundle takes pairs, or one where it
    /// takes single texts; or its tier is none of the bundle, or another one than the first where it is to stay here.</exception>
    /// <exception cref="JobException">The mobile's own model failed, e.g. for want of memory.</exception>
    public Task<IReadOnlyList<Classification>> ClassifyAsync(
        IReadOnlyList<TextInput> inputs, CancellationToken cancellationToken = default) =>
        ClassifyAsync(inputs, _local!, limit: null, cancellationToken);

    /// <summary>The same for a caller that waits for so long, of which other tiers take no more.</summary>
    /// <param name="inputs">The texts.</param>
    /// <param name="here">Runs the layers of the first tier.</param>
    /// <param name="limit">Says how long it still waits; null: it does not say.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    internal async Task<IReadOnlyList<Classification>> ClassifyAsync(
        IReadOnlyList<TextInput> inputs, IStretchRunner here, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Require(inputs);
        var began = _time.GetTimestamp();
        using var span = ClientTelemetry.Begin(TelemetryNames.ClassifySpan, ActivityKind.Internal);
        span?.SetTag(TelemetryNames.Samples, inputs.Count).SetTag(TelemetryNames.Bundle, _bundle.Hash);
        var answers = new Classification[inputs.Count];
        var open = new List<int>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (_cache?.Find(inputs[i]) is not { } kept)
            {
                open.Add(i);
                continue;
            }

            answers[i] = kept;
            // It is a sample of what is served like any other.
            if (_recorder is not null)
                Record(inputs[i], kept, Begin(inputs[i]));
        }

        var samples = open.ConvertAll(i => Begin(inputs[i]));
        await WalkAsync(samples, began, here, limit, cancellationToken).ConfigureAwait(false);
        foreach (var (place, i) in open.Index())
        {
            answers[i] = Finish(samples[place]);
            _cache?.Keep(inputs[i], answers[i]);
            Record(inputs[i], answers[i], samples[place]);
        }

        ClientTelemetry.Answered(_bundle.Plan, answers, _time.GetElapsedTime(began));
        return answers;
    }

    /// <summary>
    /// Closes the connections and frees the mobile's model. What waits to be recorded is recorded before, for 30 s at most.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_recorder is not null)
            await _recorder.CloseAsync(ClientRecorder.CloseLimit).ConfigureAwait(false);
        Close();
    }

    /// <summary>Closes the connections and frees the mobile's model; what waits to be recorded is lost.</summary>
    internal void Close()
    {
        ClientTelemetry.Leave(this);
        _tiers.Dispose();
        _cache?.Dispose();
        _local?.Dispose();
        _embeddings?.Dispose();
    }

    private static void Check(Bundle bundle, ILookup<string, Uri> tiers, DimecClientOptions options, InputErrors errors)
    {
        options.Validate(errors);
        ClientRecorder.Check(bundle, tiers, options, errors);
        var names = bundle.Manifest.Tiers.Select(tier => tier.Name).ToList();
        foreach (var (name, url) in tiers.SelectMany(tier => tier.Select(url => (tier.Key, url))))
        {
            if (names.IndexOf(name) < 1)
            {
                errors.Add(
                    $"{name} '{url.OriginalString}'", names.Contains(name) ? "is the tier that runs here" : "is no tier of this bundle",
                    $"give addresses of {string.Join(", ", names.Skip(1))}");
            }
            else
            {
                TierAddress.Check(errors, name, url);
                options.Security.CheckAddress(errors, name, url, TierSecurity.Name);
            }
        }

        foreach (var tier in tiers)
        {
            foreach (var (url, _) in tier.CountBy(url => url).Where(url => url.Value > 1))
                errors.Add($"{tier.Key} '{url.OriginalString}'", "is given more than once", "give each address of a tier once");
        }
    }

    private static void RefuseMismatches(IEnumerable<RemoteTier> remotes)
    {
        var errors = new InputErrors();
        foreach (var (name, server) in remotes.SelectMany(remote => remote.Servers.Select(server => (remote.Name, server))))
        {
            if (server.Mismatch is { } mismatch)
                errors.Add($"{name} '{server.Url.OriginalString}'", mismatch.Problem, mismatch.Fix);
        }

        errors.ThrowIfAny();
    }

    /// <summary>Takes samples through all their steps.</summary>
    private async Task WalkAsync(
        List<SampleProgress> samples, long began, IStretchRunner here, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var whole = _options.WholeTimeout * Rounds(samples);
        await new PlanWalk(_tiers, here, _policy, _options, Left)
            .RunAsync(samples, first: null, cancellationToken).ConfigureAwait(false);

        TimeSpan Left()
        {
            var left = whole - _time.GetElapsedTime(began);
            return limit?.Invoke() is { } callers && callers < left ? callers : left;
        }
    }

    private void Record(TextInput input, Classification answer, SampleProgress sample)
    {
        if (answer.Error is null && !input.IsLocalOnly)
            _recorder?.Offer(ClientRecorder.Sample(input, sample));
    }

    private void Require(IReadOnlyList<TextInput> inputs)
    {
        var pair = _bundle.Manifest.HasPair;
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Pair is not null != pair)
            {
                throw new InputException(
                    $"inputs[{i}]", $"has {(pair ? "no" : "a")} second text, and this bundle takes {(pair ? "pairs" : "single texts")}",
                    $"give a text{(pair ? " and its pair" : " alone")}");
            }

            PinnedTier.Of(_bundle.Manifest.Tiers, inputs[i], $"inputs[{i}]");
        }
    }

    /// <summary>How many requests that may be under way at once one tier would need for all of them, in turn; at least 1.</summary>
    private int Rounds(List<SampleProgress> samples)
    {
        var batches = LengthBatches
            .Of([.. Enumerable.Range(0, samples.Count)], place => samples[place].Tokens.Length, _options.MaxBatch, _options.MaxBatchTokens)
            .Count();
        return Math.Max(1, (batches + _options.MaxConcurrency - 1) / _options.MaxConcurrency);
    }

    private SampleProgress Begin(TextInput input)
    {
        var text = _bundle.Tokenizer.Encode(input.Text, input.Pair, _bundle.Manifest.MaxLength);
        return new SampleProgress(
            input.Guid ?? input.Text, TierRow.Of(text, _bundle.Manifest.UsesTokenTypes), _embeddings?.Embed(text) ?? [],
            _exitZero is null ? [] : [Visit.OfExitZero(_exitZero.Score(input))])
        {
            IsTruncated = text.Truncated,
            Pinned = PinnedTier.Of(_bundle.Manifest.Tiers, input, nameof(input)),
            StaysHere = input.IsLocalOnly,
        };
    }

    private Classification Finish(SampleProgress sample)
    {
        var cost = sample.Visits.Sum(visit => _bundle.Plan.Costs.Of(visit.Work));
        if (sample.Answering is not [.., var last])
            return Classification.None(cost, sample.IsTruncated, sample.Failures);
        var (label, confidence) = _policy.Answer(sample.State with { Visits = sample.Answering });
        return new Classification(
            _bundle.Manifest.Labels[label], label, confidence, last.Logits.ToArray(), _tiers.NameOf(last.Tier), last.Tier,
            last.Exit, cost, sample.IsTruncated, sample.Failures.Count > 0, sample.Failures)
        {
            Abstained = confidence < _options.AbstainBelow,
        };
    }
}
