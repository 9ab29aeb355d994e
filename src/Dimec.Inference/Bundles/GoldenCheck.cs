using Dimec.Bundles;
using Dimec.Inference.Batching;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>Whether what answers as a tier of a bundle is the bundle's model: by its answers to the golden samples.</summary>
internal sealed class GoldenCheck
{
    /// <summary>How many golden samples are compared.</summary>
    private const int MaxGolden = 8;

    private readonly BundleManifest _manifest;
    private readonly float[] _expected;

    /// <param name="bundle">The bundle.</param>
    /// <param name="tier">The tier.</param>
    /// <exception cref="InputException">The file of golden answers is malformed.</exception>
    public GoldenCheck(Bundle bundle, BundleTier tier)
    {
        _manifest = bundle.Manifest;
        GoldenSample[] golden =
        [
            .. bundle
                .ReadGolden()
                .Where(sample => sample.Logits.TryGetValue(tier.Exit, out var logits) && logits.Length == _manifest.Labels.Count)
                .Take(MaxGolden),
        ];
        Texts = [.. golden.Select(sample => bundle.Tokenizer.Encode(sample.Text, sample.Pair, _manifest.MaxLength))];
        _expected = [.. golden.SelectMany(sample => sample.Logits[tier.Exit])];
    }

    /// <summary>What is to be asked, as one batch; empty where the bundle has no golden answers of the tier.</summary>
    public IReadOnlyList<TokenizedText> Texts { get; }

    /// <summary>What is wrong with answers that are not alike, behind whose they are.</summary>
    public string Unlike => "to the bundle's golden samples are another model's"
        + (_manifest.GoldenProcessor is { } processor && _manifest.Precision == ModelPrecision.Int8
            ? $", or its processor adds up 8-bit products otherwise than {ChoiceNames.Of(processor)}, where the bundle was exported"
            : "");

    /// <summary>Whether answers are the model's, as far as there are golden ones.</summary>
    /// <param name="logits">The answers to <see cref="Texts"/>, texts × classes.</param>
    public bool IsAlike(ReadOnlySpan<float> logits) => IsAlike(_manifest.Precision, _expected, logits[.._expected.Length]);

    /// <summary>
    /// Whether logits are one model's: other processors and engines sum in another order, in fewer bits to more effect, and those without
    /// VNNI may end sums of 8-bit products at 16 bits (docs/precision.md); another model is off by far more.
    /// </summary>
    /// <param name="precision">In what numbers the model computes.</param>
    /// <param name="expected">Logits.</param>
    /// <param name="logits">As many.</param>
    public static bool IsAlike(ModelPrecision precision, ReadOnlySpan<float> expected, ReadOnlySpan<float> logits)
    {
        var tolerance = precision switch
        {
            ModelPrecision.Fp16 => 0.05f,
            ModelPrecision.Int8 => 0.3f,
            _ => 0.01f,
        };
        for (var i = 0; i < expected.Length; i++)
        {
            // Not the other way round: a number that is none is not near anything.
            if (!(Math.Abs(expected[i] - logits[i]) <= tolerance))
                return false;
        }

        return true;
    }

    /// <summary>Makes sure that a model that was loaded here answers as it should.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="model">The model of one of its tiers.</param>
    /// <param name="maxTokens">The most tokens of a run; a single text is always run.</param>
    /// <exception cref="InputException">It does not, or the file of golden answers is malformed.</exception>
    /// <exception cref="JobException">ONNX Runtime failed, e.g. for want of memory.</exception>
    public static void Require(Bundle bundle, TierModel model, int maxTokens)
    {
        var golden = new GoldenCheck(bundle, model.Tier);
        if (golden.Texts.Count == 0)
            return;
        TierRow[] rows = [.. golden.Texts.Select(text => TierRow.Of(text, model.UsesTokenTypes))];
        var batches = new RowBatches(model.Shape, MaxGolden, maxTokens, model.Run);
        if (!golden.IsAlike(batches.Run(model.Stretches[0], rows, hidden: false).Logits))
        {
            throw new InputException(
                bundle.Folder, $"has a model of tier {model.Tier.Name} whose answers here {golden.Unlike}",
                "export the bundle again, on a machine like this one where that is what differs");
        }
    }
}
