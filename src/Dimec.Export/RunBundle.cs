using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Policies;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Text;

namespace Dimec.Export;

/// <summary>The bundle of a run and a plan that was made on it, as <c>dimec export</c> writes it.</summary>
/// <param name="Manifest">What was written.</param>
/// <param name="Warnings">What cannot be known of the plan, a sentence each.</param>
public sealed record RunBundle(BundleManifest Manifest, IReadOnlyList<string> Warnings)
{
    /// <summary>Writes the bundle's folder as a whole; an earlier bundle is left as it was until the new one is complete.</summary>
    /// <param name="run">The run, with its trained model.</param>
    /// <param name="plan">The plan's file.</param>
    /// <param name="folder">The bundle's folder: new, empty, or an earlier bundle with nothing else in it.</param>
    /// <param name="golden">
    /// Gives the trained model's answers to a few texts, which the bundle's models are checked against: <c>GoldenAnswers.Of</c> of
    /// <c>Dimec.Training</c> does, on libtorch. Null for a bundle without them.
    /// </param>
    /// <param name="revision">The bundle's revision, from 1: the model version in a tier's URL.</param>
    /// <param name="policies">The policies that the plan may be of; null for those of this library.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written then.</param>
    /// <exception cref="InputException">Run or plan are broken, do not fit each other, or something else stands in
    /// the bundle's place.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static RunBundle Write(
        RunFolder run, string plan, string folder,
        Func<Checkpoint, WordPieceTokenizer, CancellationToken, IReadOnlyList<GoldenSample>>? golden = null,
        int revision = 1, PolicyList? policies = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var errors = new InputErrors();
        var read = errors.Try(() => RunParts.Plan(plan, policies));
        var checkpoint = errors.Try(() => Checkpoint.Load(run.Model));
        var tokenizer = checkpoint is null ? null : errors.Try(() => CheckpointTokenizers.Read(checkpoint, run.Model));
        var origin = read is null ? null : PlanOrigin.Of(read, run);
        var ngram = read is not { Needs.ExitZero: true } || tokenizer is null ? null : errors.Try(() => Ngram(run, tokenizer));
        foreach (var file in origin?.Changed ?? [])
        {
            errors.Add(
                Path.Combine(run.Path, file), $"is not the file that {plan} was made from",
                "plan again on this run, or give the run that the plan was made on");
        }

        errors.ThrowIfAny();
        cancellationToken.ThrowIfCancellationRequested();
        var manifest = BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint!,
                Plan = read!,
                Embedding = new RunParts(run).EmbeddingKind,
                WriteTokenizer = tokenizer!.WriteTokenizerJson,
                WriteNgram = ngram is null ? null : ngram.Write,
                Golden = golden is null ? [] : golden(checkpoint!, tokenizer!, cancellationToken),
                Revision = revision,
            },
            folder,
            cancellationToken);
        return new RunBundle(manifest, [.. Unknown(origin!, plan, run)]);
    }

    private static NgramModel Ngram(RunFolder run, WordPieceTokenizer tokenizer)
    {
        if (!File.Exists(run.Ngram))
            throw new InputException(run.Ngram, "is missing, and the plan looks at exit 0 first", "add exit 0 to the run, and plan again");
        using var stream = InputFile.OpenRead(run.Ngram);
        return NgramModel.Read(stream, run.Ngram, tokenizer.TokenizerJsonHash());
    }

    private static IEnumerable<string> Unknown(PlanOrigin origin, string plan, RunFolder run)
    {
        if (!origin.IsNamed)
        {
            yield return $"{plan} does not say which files it was made from: whether it was made on this run is not known.";
        }
        else if (origin.Absent.Count > 0)
        {
            yield return $"{run.Path} holds no {string.Join(", ", origin.Absent)}, "
                + $"from which {plan} was made: it is not known whether they were this run's.";
        }
    }
}
