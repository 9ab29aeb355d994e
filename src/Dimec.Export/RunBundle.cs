using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Predictions;
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
    /// <param name="settings">What else goes into it, and how; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written then.</param>
    /// <exception cref="InputException">Run or plan are broken, do not fit each other, or something else stands in
    /// the bundle's place.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static RunBundle Write(
        RunFolder run, string plan, string folder, RunBundleSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        settings ??= new RunBundleSettings();
        var errors = new InputErrors();
        var read = errors.Try(() => RunParts.Plan(plan, settings.Policies));
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
                Precision = settings.Precision,
                WriteTokenizer = tokenizer!.WriteTokenizerJson,
                WriteNgram = ngram is null ? null : ngram.Write,
                Golden = settings.Golden?.Invoke(checkpoint!, tokenizer!, cancellationToken) ?? [],
                AsExported = settings.AsExported,
                Revision = settings.Revision ?? read!.Revision,
                SigningKey = settings.SigningKey,
            },
            folder,
            cancellationToken);
        return new RunBundle(manifest, [.. Unknown(origin!, plan, run), .. OtherExits(read!, plan, settings.Precision)]);
    }

    private static NgramModel Ngram(RunFolder run, WordPieceTokenizer tokenizer)
    {
        if (!File.Exists(run.Ngram))
            throw new InputException(run.Ngram, "is missing, and the plan looks at exit 0 first", "add exit 0 to the run, and plan again");
        using var stream = InputFile.OpenRead(run.Ngram);
        return NgramModel.Read(stream, run.Ngram, tokenizer.TokenizerJsonHash());
    }

    /// <summary>Thresholds are of the confidences that they were chosen on, and other numbers have others.</summary>
    private static IEnumerable<string> OtherExits(Plan plan, string file, ModelPrecision precision)
    {
        var chosenOn = plan.Exits?.Precision ?? ModelPrecision.Fp32;
        if (chosenOn != precision)
        {
            yield return $"{file} was chosen on {ChoiceNames.Of(chosenOn)} exits, and {ChoiceNames.Of(precision)} exits have confidences "
                + "of their own: record them with dimec predict BUNDLE, plan again on what it wrote, and export with that plan.";
        }
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
