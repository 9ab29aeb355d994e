using Dimec.Inference.Client;
using Dimec.Inference.Walks;
using Dimec.Policies;

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
    private readonly IPolicy _policy;
    private readonly EmbeddingLayer? _embeddings;
    private readonly ExitZero? _exitZero;
    private readonly TierSet _tiers;
    private readonly LocalTier _local;
    private readonly ExitRecorder? _recorder;

    private DimecClient(
        Bundle bundle, DimecClientOptions options, TierSet tiers, LocalTier local, ExitRecorder? recorder,
        IReadOnlyList<TierFailure> unreachable)
    {
        (_bundle, _options, _tiers, _local, _recorder, Unreachable) = (bundle, options, tiers, local, recorder, unreachable);
        _policy = bundle.Plan.CreatePolicy();
        _exitZero = bundle.Plan.Needs.ExitZero ? new ExitZero(bundle) : null;
        _embeddings = bundle.Plan.Needs.Embedding is not null ? EmbeddingLayer.Open(bundle) : null;
    }

    /// <summary>The tiers that could not be used when the client connected. They are tried again with every call.</summary>
    public IReadOnlyList<TierFailure> Unreachable { get; }

    /// <summary>What has become of the samples that were to be recorded; null: nothing is.</summary>
    public RecordingState? Recording => _recorder?.State;

    /// <summary>Loads the mobile's model and makes sure that the other tiers hold the same bundle.</summary>
    /// <param name="bundle">The bundle, opened at least for its first tier. It stays the caller's.</param>
    /// <param name="tiers">
    /// The addresses of the other tiers by their names: <c>grpc://host:8001</c>, <c>grpcs://…</c>, <c>http://host:8000</c>,
    /// <c>https://…</c>. A tier without one is never asked.
    /// </param>
    /// <param name="options">Deadlines and batch sizes; null: the defaults.</param>
    /// <param name="time">The clock of the deadlines; null: the system's.</param>
    /// <param name="cancellationToken">Stops the connecting.</param>
    /// <returns>The client. Tiers that are down are in <see cref="Unreachable"/>.</returns>
    /// <exception cref="InputException">
    /// An option is out of its range, an address is malformed or of no tier of the bundle, or what answers there does not speak the Open
    /// Inference Protocol v2; everything that is wrong is reported together. Or the file to record into is another bundle's or cannot be
    /// written.
    /// </exception>
    public static async Task<DimecClient> ConnectAsync(
        Bundle bundle,
        IReadOnlyDictionary<string, Uri> tiers,
        DimecClientOptions? options = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        options ??= new DimecClientOptions();
        var errors = new InputErrors();
        Check(bundle, tiers, options, errors);
        errors.ThrowIfAny();
        var all = bundle.Manifest.Tiers;
        var local = new LocalTier(TierModel.Load(bundle, all[0].Name, options.Model), options);
        var remotes = tiers.ToDictionary(
            pair => pair.Key, pair => new RemoteTier(bundle, bundle.Tier(pair.Key), pair.Value, options, time ?? TimeProvider.System));
        var set = new TierSet(bundle, here: 0, local, remotes, standIn: true);
        try
        {
            var failures = await Task.WhenAll(remotes.Values.Select(remote => remote.VerifyAsync(cancellationToken))).ConfigureAwait(false);
            RefuseMismatches(remotes.Values, tiers);
            var recorder = ClientRecorder.Begin(bundle, tiers, options, local.Model, time ?? TimeProvider.System);
            return new DimecClient(bundle, options, set, local, recorder, [.. failures.OfType<TierFailure>()]);
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
    public static void Check(Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, DimecClientOptions options, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        options.Validate(errors);
        ClientRecorder.Check(bundle, tiers, options, errors);
        var names = bundle.Manifest.Tiers.Select(tier => tier.Name).ToList();
        foreach (var (name, url) in tiers)
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
            }
        }
    }

    /// <summary>Classifies one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="InputException">The bundle takes pairs.</exception>
    /// <exception cref="JobException">The mobile's own model failed, e.g. for want of memory.</exception>
    public async Task<Classification> ClassifyAsync(string text, CancellationToken cancellationToken = default)
        => (await ClassifyAsync([new TextInput(text)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Classifies texts; those bound for one tier travel in batches of like length.</summary>
    /// <param name="inputs">The texts, in any number.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>An answer for each text, in the texts' order, the same as each would get alone;
    /// see <see cref="Classification.Error"/> for a text that no tier could answer.</returns>
    /// <exception cref="InputException">A text has no second one where the bundle takes pairs, or one where it
    /// takes single texts.</exception>
    /// <exception cref="JobException">The mobile's own model failed, e.g. for want of memory.</exception>
    public async Task<IReadOnlyList<Classification>> ClassifyAsync(
        IReadOnlyList<TextInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequirePairs(inputs);
        var samples = inputs.Select(Begin).ToArray();
        await new PlanWalk(_tiers, _policy, _options).RunAsync(samples, first: null, cancellationToken).ConfigureAwait(false);
        var answers = Array.ConvertAll(samples, Finish);
        for (var i = 0; i < samples.Length; i++)
        {
            if (answers[i].Error is null)
                _recorder?.Offer(ClientRecorder.Sample(inputs[i], samples[i]));
        }

        return answers;
    }

    /// <summary>
    /// Closes the connections and frees the mobile's model. What waits to be recorded is recorded before, for 30 s at most.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_recorder is not null)
            await _recorder.CloseAsync(ClientRecorder.CloseLimit).ConfigureAwait(false);
        _tiers.Dispose();
        _local.Dispose();
        _embeddings?.Dispose();
    }

    private static void RefuseMismatches(IEnumerable<RemoteTier> remotes, IReadOnlyDictionary<string, Uri> tiers)
    {
        var errors = new InputErrors();
        foreach (var remote in remotes)
        {
            if (remote.Mismatch is { } mismatch)
                errors.Add($"{remote.Name} '{tiers[remote.Name].OriginalString}'", mismatch.Problem, mismatch.Fix);
        }

        errors.ThrowIfAny();
    }

    private void RequirePairs(IReadOnlyList<TextInput> inputs)
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
        }
    }

    private SampleProgress Begin(TextInput input)
    {
        var text = _bundle.Tokenizer.Encode(input.Text, input.Pair, _bundle.Manifest.MaxLength);
        return new SampleProgress(
            input.Guid ?? input.Text, TierRow.Of(text, _bundle.Manifest.UsesTokenTypes), _embeddings?.Embed(text) ?? [],
            _exitZero is null ? [] : [Visit.OfExitZero(_exitZero.Score(input))])
        {
            IsTruncated = text.Truncated,
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
            last.Exit, cost, sample.IsTruncated, sample.Failures.Count > 0, sample.Failures);
    }
}
