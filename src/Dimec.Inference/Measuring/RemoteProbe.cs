using System.Globalization;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Costs.Measured;
using Dimec.Inference.Batching;
using Dimec.Inference.Client;
using Dimec.Inference.Security;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies;
using Dimec.Policies.Resuming;

namespace Dimec.Inference.Measuring;

/// <summary>
/// A tier at an address, over connections whose bytes are counted. A message that is to be brought and not run names another bundle, of a
/// hash as long: the tier takes it in, as it would the true one, and refuses it.
/// </summary>
internal sealed class RemoteProbe : ITierProbe
{
    /// <summary>What a request says that its caller waits: a number of as many digits as a client's.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Bundle _bundle;
    private readonly BundleTier _tier;
    private readonly int _place;
    private readonly SampleRows _samples;
    private readonly IReadOnlyList<TextInput> _texts;
    private readonly TimeProvider _time;
    private readonly CountedConnections _connections;
    private readonly OpenInferenceClient _client;
    private readonly bool _walks;
    private readonly IReadOnlyList<Visit> _passed;

    public RemoteProbe(
        Bundle bundle, int place, Uri address, SampleRows samples, IReadOnlyList<TextInput> texts, MeasureOptions options,
        TimeProvider time)
    {
        (_bundle, _place, _samples, _texts, _time) = (bundle, place, samples, texts, time);
        _tier = bundle.Manifest.Tiers[place];
        var credentials = new TierCredentials(options.Security, time);
        _connections = new CountedConnections(credentials.Tls(), time);
        _client = new OpenInferenceClient(address, new OpenInferenceClientOptions
        {
            Timeout = options.Timeout,
            ConnectTimeout = options.Timeout,
            BinaryData = BinaryData.Always,
            Authorization = credentials.Authorization,
            CreateHandler = _connections.CreateHandler,
        });
        _walks = TierSet.AsksWalks(bundle);
        Stretches =
        [
            new LayerStretch(0, _tier.Exit),
            .. bundle.Manifest.Stretches.Where(stretch => stretch.Tiers.Contains(_tier.Name)).Select(stretch => stretch.Layers)
                .Where(layers => layers != new LayerStretch(0, _tier.Exit)),
        ];
        var classes = bundle.Manifest.Labels.Count;
        _passed =
        [
            .. bundle.Plan.Needs.ExitZero ? [Visit.OfExitZero(new float[classes])] : (Visit[])[],
            .. bundle.Plan.Works.Where(work => work.Tier < place && work.To > 0).Select(work => new Visit(work, new float[classes])),
        ];
    }

    public IReadOnlyList<LayerStretch> Stretches { get; }

    public Uri Address => _client.Address;

    public IReadOnlyCollection<double> Connects => _connections.Connects;

    public async Task<ProbeReading> RunAsync(LayerStretch layers, int tokens, int rows, CancellationToken cancellationToken)
    {
        var reading = await CallAsync(() => Run(layers, tokens, rows), cancellationToken).ConfigureAwait(false);
        return reading.IsRefused
            ? throw new JobException(
                $"Tier {_tier.Name} at {Address.OriginalString} refused a batch of this bundle; serve the same bundle there.")
            : reading;
    }

    /// <summary>Brings a message that is not run.</summary>
    public Task<ProbeReading> BringAsync(PayloadKind kind, int tokens, int rows, CancellationToken cancellationToken) =>
        CallAsync(() => Mistaken(Payload(kind, tokens, rows)), cancellationToken);

    /// <summary>The bytes of an answer as the client's own request gets it, which says more than logits where a tier walks.</summary>
    public async Task<long?> AnswerBytesAsync(int tokens, int rows, CancellationToken cancellationToken) => _walks
        ? (await CallAsync(() => Walk(tokens, rows), cancellationToken).ConfigureAwait(false)).Received
        : null;

    /// <summary>A call that asks nothing.</summary>
    public async Task<double> PingAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var result = await _client.IsServerLiveAsync(cancellationToken).ConfigureAwait(false);
        return result.Failure is { } failure
            ? throw NoAnswer(failure)
            : _time.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Connects once more, for the time that it takes.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => _connections.TryConnectAsync(Address, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<ProbeReading> CallAsync(Func<InferRequest> make, CancellationToken cancellationToken)
    {
        var (sent, received, began) = (_connections.Sent, _connections.Received, _time.GetTimestamp());
        var result = await _client.InferAsync(make(), cancellationToken).ConfigureAwait(false);
        var ms = _time.GetElapsedTime(began).TotalMilliseconds;
        // Whatever a server refuses it has taken in; what it did not get is no measurement.
        if (result.Failure is
            {
                Reason: not (OpenInferenceFailureReason.FailedPrecondition or OpenInferenceFailureReason.InvalidArgument
            or OpenInferenceFailureReason.NotFound)
            } failure)
        {
            throw NoAnswer(failure);
        }

        return new ProbeReading(ms, _connections.Sent - sent, _connections.Received - received, !result.IsSuccess);
    }

    private JobException NoAnswer(OpenInferenceFailure failure) =>
        new($"Tier {_tier.Name} at {Address.OriginalString} did not answer: {failure.Message.TrimEnd('.')}.");

    private InferRequest Run(LayerStretch layers, int tokens, int rows)
    {
        using var batch = new PaddedRows(_samples.Rows(rows, tokens, hidden: layers.From > 0), _bundle.Shape, fromIds: layers.From == 0);
        var whole = layers == new LayerStretch(0, _tier.Exit);
        return Request(
            whole ? TierNames.TokenModel(_tier.Name) : TierNames.StretchModel(layers),
            layers.From == 0 ? TokenTensors.Of(batch.Input) : States(batch.Input, _bundle.Plan.HiddenStates.Format));
    }

    private InferRequest Payload(PayloadKind kind, int tokens, int rows) => kind switch
    {
        PayloadKind.Text => Texts(tokens, rows),
        PayloadKind.Ids => _walks ? Walk(tokens, rows) : Run(Stretches[0], tokens, rows),
        PayloadKind.Fp16 => Resume(HiddenStateFormat.Fp16, tokens, rows),
        PayloadKind.Int8 => Resume(HiddenStateFormat.Int8, tokens, rows),
        _ => Resume(HiddenStateFormat.Fp32, tokens, rows),
    };

    private InferRequest Walk(int tokens, int rows) => new WalkMessages(_bundle).Request(
        TierWork.OfText(_place, _tier.Exit), _samples.Samples(rows, tokens, _passed), s_patience);

    /// <summary>
    /// Goes on from the states after the tier before; a model that every tier has is asked for it, whose name differs by a few bytes.
    /// </summary>
    private InferRequest Resume(HiddenStateFormat format, int tokens, int rows)
    {
        var from = _bundle.Manifest.Tiers[_place - 1].Exit;
        var transfer = new HiddenStateTransfer(format, _bundle.Plan.HiddenStates.Compressed);
        return new WalkMessages(_bundle, transfer).Request(
            new TierWork(_place, from, _tier.Exit, WorkStart.Carried, _place - 1),
            _samples.SamplesWithStates(rows, tokens, from, _passed), s_patience) with
        {
            Model = TierNames.TokenModel(_tier.Name),
        };
    }

    private InferRequest Texts(int tokens, int rows)
    {
        // The texts whose lengths come nearest.
        var nearest = _texts
            .Zip(_samples.Lengths)
            .OrderBy(text => Math.Abs(text.Second - tokens))
            .Select(text => text.First)
            .ToArray();
        TextInput[] chosen = [.. Enumerable.Range(0, rows).Select(row => nearest[row % Math.Min(nearest.Length, rows)])];
        List<Tensor> inputs = [Tensor.FromStrings(TierNames.Text, [rows], [.. chosen.Select(text => text.Text)])];
        if (_bundle.Manifest.HasPair)
            inputs.Add(Tensor.FromStrings(TierNames.TextPair, [rows], [.. chosen.Select(text => text.Pair!)]));
        return Request(TierNames.TextModel, inputs) with { Outputs = [] };
    }

    private static IReadOnlyList<Tensor> States(TierInput input, HiddenStateFormat format) =>
    [
        .. HiddenStateCodec.Encode(input.Hidden.Span, input.Batch, input.Length, format),
        Tensor.From<long>(TierNames.AttentionMask, [input.Batch, input.Length], input.Mask.Span),
    ];

    private InferRequest Request(string model, IReadOnlyList<Tensor> inputs) => new(model, inputs)
    {
        Version = _bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture),
        Parameters = new Dictionary<string, ParameterValue> { [TierNames.BundleParameter] = _bundle.Hash },
        Outputs = [new RequestedOutput(TierNames.Logits)],
    };

    /// <summary>The same, as long, for a bundle that nobody has.</summary>
    private static InferRequest Mistaken(InferRequest request) => request with
    {
        Parameters = request.Parameters.ToDictionary(
            parameter => parameter.Key,
            parameter => parameter.Key == TierNames.BundleParameter ? new string('0', parameter.Value.String!.Length) : parameter.Value),
    };
}
