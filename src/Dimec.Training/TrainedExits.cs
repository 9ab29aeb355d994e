using Dimec.Checkpoints;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Ngrams;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Training;

/// <summary>What a finished run's exits say of other texts than those of its parts, e.g. of what is really served.</summary>
public static class TrainedExits
{
    /// <summary>Every exit's logits and e(x), exit 0 among them where the run has it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="texts">The texts, labelled or not.</param>
    /// <param name="cancellationToken">Stops after a batch.</param>
    /// <returns>The record, in the texts' order.</returns>
    /// <exception cref="InputException">The run's model is absent or broken.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RecordedExits Record(RunFolder run, Dataset texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(texts);
        var checkpoint = Checkpoint.Load(run.Model);
        var tokenizer = CheckpointTokenizers.Read(checkpoint, run.Model);
        using var model = new TrainedModel(checkpoint, RunSummary.Of(run).Embedding ?? EmbeddingKind.LayerNorm);
        var maxLength = checkpoint.Exits!.MaxLength;
        var recorded = model.Predict(texts, sample => tokenizer.Encode(sample.Text, sample.Pair, maxLength), cancellationToken);
        return File.Exists(run.Ngram)
            ? recorded.WithExitZero(ExitZero(run, texts, tokenizer, NgramRecord.Of(run)?.Settings.MaxLength ?? maxLength))
            : recorded;
    }

    private static float[] ExitZero(RunFolder run, Dataset texts, WordPieceTokenizer tokenizer, int maxLength)
    {
        using var stream = InputFile.OpenRead(run.Ngram);
        var exit = NgramModel.Read(stream, run.Ngram, tokenizer.TokenizerJsonHash());
        var reader = new NgramTexts(tokenizer, maxLength);
        var logits = new float[texts.Samples.Count * exit.Classes];
        foreach (var (place, sample) in texts.Samples.Index())
        {
            var ids = reader.Of(sample);
            exit.Score(ids.Text, ids.Pair, logits.AsSpan(place * exit.Classes, exit.Classes));
        }

        return logits;
    }
}
