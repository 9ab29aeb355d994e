using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Training;

/// <summary>
/// What the trained model answers to a few fixed texts, so that whoever runs a bundle's models can check that they answer the same.
/// </summary>
public static class GoldenAnswers
{
    // Different lengths, scripts and characters: what goes wrong in a tokenizer or a padding mask shows on one of them.
    private static readonly string[] s_texts =
    [
        "a",
        "The quick brown fox jumps over the lazy dog.",
        "Gets or sets a value that indicates whether the connection is closed.",
        "naïve café, größer — 42 %!",
        "a long and winding sentence that goes on and on, with clauses, "
        + "commas and little to say, so that padding has something to pad against",
        "日本語 и русский in one text",
    ];

    /// <summary>The answers of a trained checkpoint at all of its exits.</summary>
    /// <param name="checkpoint">The trained checkpoint.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InputException">The checkpoint has no exits.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<GoldenSample> Of(Checkpoint checkpoint, WordPieceTokenizer tokenizer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(tokenizer);
        using var model = new TrainedModel(checkpoint);
        var exits = checkpoint.Exits!;
        var pair = exits.HasPair ? s_texts[1] : null;
        var samples = s_texts.Select((text, i) => new Sample($"golden-{i}", text, pair, -1)).ToArray();
        var part = new Dataset("golden", samples, exits.Labels, exits.HasPair);
        var recorded = model.Predict(part, sample => tokenizer.Encode(sample.Text, sample.Pair, exits.MaxLength), cancellationToken);
        return
        [
            .. samples.Select((sample, i) => new GoldenSample(
                sample.Text,
                sample.Pair,
                recorded.Exits.Select((exit, e) => (exit, Logits: recorded.Logits(i, e).ToArray()))
                    .ToDictionary(answer => answer.exit, answer => answer.Logits))),
        ];
    }
}
