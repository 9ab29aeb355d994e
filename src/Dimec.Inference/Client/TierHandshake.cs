using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>
/// What a tier has to show before it is asked: that it speaks the protocol, has the tier's model in the bundle's revision, and holds this
/// bundle, by its hash or, where a foreign server knows none, by its answers to the golden samples.
/// </summary>
internal sealed class TierHandshake(
    Bundle bundle,
    BundleTier tier,
    Uri url,
    OpenInferenceClient client,
    Func<IReadOnlyList<TokenizedText>, CancellationToken, Task<TierResult<TierAnswer>>> infer)
{
    /// <summary>How many golden samples are compared.</summary>
    private const int MaxGolden = 8;

    /// <summary>
    /// How far a logit may be off: other processors and engines sum in another order, in fewer bits to more effect, and those without VNNI
    /// may end sums of 8-bit products at 16 bits (docs/precision.md); another model is off by far more.
    /// </summary>
    private float Tolerance => bundle.Manifest.Precision switch
    {
        ModelPrecision.Fp16 => 0.05f,
        ModelPrecision.Int8 => 0.3f,
        _ => 0.01f,
    };

    /// <summary>What gave it away where what answered last does not speak the protocol; otherwise null.</summary>
    public ProtocolMismatch? Mismatch { get; private set; }

    public async Task<TierResult<TierAnswer>> RunAsync(CancellationToken cancellationToken)
    {
        var server = TierResult<ServerMetadata>.Of(
            await client.GetServerMetadataAsync(cancellationToken).ConfigureAwait(false), isGreeting: true);
        Mismatch = server.Value is null && (server.Reason == TierFailureReason.Unreachable || IsMismatch(server.Reason))
            ? await TlsProbe.MismatchAsync(url, cancellationToken).ConfigureAwait(false) ?? MismatchIn(server)
            : MismatchIn(server);
        if (Mismatch is not null)
            return TierResult<TierAnswer>.Failed(TierFailureReason.ProtocolMismatch, $"it {Mismatch.Problem}");
        if (server.Value is null)
            return TierResult<TierAnswer>.Failed(server.Reason, server.Problem);
        var name = TierNames.TokenModel(tier.Name);
        var version = bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture);
        var model = TierResult<ModelMetadata>.Of(
            await client.GetModelMetadataAsync(name, version, cancellationToken).ConfigureAwait(false));
        if (model.Value is null)
            return TierResult<TierAnswer>.Failed(model.Reason, model.Problem);
        return Fits(model.Value)
            ? await ProbeAsync(cancellationToken).ConfigureAwait(false)
            : TierResult<TierAnswer>.Failed(
                TierFailureReason.BundleMismatch, $"its model '{name}' has other inputs or outputs than this bundle's");
    }

    private static bool IsMismatch(TierFailureReason reason) =>
        reason is TierFailureReason.ProtocolMismatch or TierFailureReason.InvalidResponse;

    private static ProtocolMismatch? MismatchIn(TierResult<ServerMetadata> server)
    {
        const string Sentence = "does not speak the Open Inference Protocol v2";
        const string Fix = "give the address that dimec serve printed";
        if (server.Value is { Name: "" })
            return new ProtocolMismatch(Sentence, Fix);
        return server.Value is null && IsMismatch(server.Reason)
            ? new ProtocolMismatch($"{Sentence} ({server.Problem.TrimEnd('.')})", Fix)
            : null;
    }

    private bool Fits(ModelMetadata model)
    {
        var inputs = model.Inputs.Select(input => input.Name).ToHashSet();
        var expected = TierSession.InputNames(bundle.Manifest);
        var logits = model.Outputs.FirstOrDefault(output => output.Name == TierNames.Logits);
        return inputs.SetEquals(expected)
            && logits?.Shape is [.., var classes] && (classes == -1 || classes == bundle.Manifest.Labels.Count);
    }

    private async Task<TierResult<TierAnswer>> ProbeAsync(CancellationToken cancellationToken)
    {
        var golden = bundle
            .ReadGolden()
            .Where(sample => sample.Logits.TryGetValue(tier.Exit, out var logits) && logits.Length == bundle.Manifest.Labels.Count)
            .Take(MaxGolden)
            .ToList();
        List<TokenizedText> encodings = golden.Count > 0
            ? [.. golden.Select(sample => Encode(sample.Text, sample.Pair))]
            : [Encode("", bundle.Manifest.HasPair ? "" : null)];
        var probe = await infer(encodings, cancellationToken).ConfigureAwait(false);
        // A tier that names a bundle has named this one, or has not answered.
        if (probe.Value is not { Bundle: null } answer)
            return probe;
        return golden.Count == 0 || AnswersAlike(golden, answer.Logits)
            ? probe
            : TierResult<TierAnswer>.Failed(TierFailureReason.BundleMismatch, Unlike());
    }

    private string Unlike() => "its answers to the bundle's golden samples are another model's"
        + (bundle.Manifest.GoldenProcessor is { } processor && bundle.Manifest.Precision == ModelPrecision.Int8
            ? $", or its processor adds up 8-bit products otherwise than {ChoiceNames.Of(processor)}, where the bundle was exported"
            : "")
        + "; give both the same bundle";

    private TokenizedText Encode(string text, string? pair) => bundle.Tokenizer.Encode(text, pair, bundle.Manifest.MaxLength);

    private bool AnswersAlike(List<GoldenSample> golden, float[] logits)
    {
        var classes = bundle.Manifest.Labels.Count;
        for (var i = 0; i < logits.Length; i++)
        {
            if (Math.Abs(golden[i / classes].Logits[tier.Exit][i % classes] - logits[i]) > Tolerance)
                return false;
        }

        return true;
    }
}
