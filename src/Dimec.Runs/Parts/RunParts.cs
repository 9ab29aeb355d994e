using Dimec.Costs;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs.Records;

namespace Dimec.Runs.Parts;

/// <summary>Reads the parts of a run that planning and evaluation need; remembers what was read for the plan's record.</summary>
public sealed class RunParts(RunFolder run)
{
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>The kind of embedding that the run's record names; null where it names none.</summary>
    private readonly EmbeddingKind? _recorded = RunSummary.Of(run).Embedding;

    private readonly ExitsRecord? _exits = ExitsRecord.Of(run);

    private RecordedExits? _train;

    /// <summary>The bundle whose exits the predictions are; null where they are the trained model's.</summary>
    public ExportedExits? Exits => _exits?.Exits;

    /// <summary>What the embeddings of the run's parts are made of.</summary>
    public EmbeddingKind EmbeddingKind => _recorded ?? TrainEmbeddings()?.Kind ?? EmbeddingKind.LayerNorm;

    /// <summary>
    /// SHA-256 of every file that was read so far, by its path inside the run; where the predictions are a bundle's, with the files of the
    /// model that it was exported from.
    /// </summary>
    public IReadOnlyDictionary<string, string> Hashes => _exits is null
        ? _hashes
        : new SortedDictionary<string, string>(_hashes.Concat(_exits.Model).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The file of a part's recorded exits.</summary>
    public string PathOf(string part) => run.Predictions(part);

    /// <summary>The recorded exits of a part.</summary>
    /// <exception cref="InputException">The run has no such part, or its file is malformed.</exception>
    public RecordedExits Predictions(string part) => Read(
        run.Predictions(part), $"holds no predictions of the part '{part}'", (stream, where) => RecordedExits.Read(stream, part, where));

    /// <summary>
    /// The recorded exits of a part, with what routes its samples: our own training writes the embeddings of
    /// the training samples beside them.
    /// </summary>
    /// <exception cref="InputException">The run has no such part, or its files are malformed.</exception>
    public RecordedExits Routed(string part)
    {
        var exits = Predictions(part);
        return part == PartNames.Train && exits.EmbeddingSize == 0 && TrainEmbeddings() is { } embeddings
            ? exits.WithEmbeddings(embeddings)
            : exits;
    }

    /// <summary>The recorded exits of the training samples.</summary>
    /// <returns>Null where the run has none.</returns>
    /// <exception cref="InputException">The file is malformed.</exception>
    public RecordedExits? Train() => _train ??= File.Exists(run.Predictions(PartNames.Train)) ? Predictions(PartNames.Train) : null;

    /// <summary>Embeddings of the training samples: of our own training, or those that <c>predictions/train.jsonl</c> carries.</summary>
    /// <returns>Null where the run has neither.</returns>
    public SampleEmbeddings? TrainEmbeddings()
    {
        if (File.Exists(run.TrainEmbeddings))
        {
            Remember(run.TrainEmbeddings);
            RequireFile(run.TrainGuids, "is absent");
            Remember(run.TrainGuids);
            return EmbeddingsFile.Read(run.TrainEmbeddings, run.TrainGuids, _recorded);
        }

        return Train() is { EmbeddingSize: > 0 } train
            ? SampleEmbeddings.Of(train, run.Predictions(PartNames.Train), _recorded ?? EmbeddingKind.LayerNorm)
            : null;
    }

    /// <summary>A plan that routes by embeddings can be tried on embeddings of its own kind and length alone.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="part">A part of the run.</param>
    /// <exception cref="InputException">The run's are others.</exception>
    public void RequireEmbeddingsFor(Plan plan, RecordedExits part)
    {
        const string Fix = "give a plan that was made on this run";
        if (plan.Needs.Embedding is not var (kind, size))
            return;
        if (kind != EmbeddingKind)
        {
            throw new InputException(
                run.Path,
                $"holds embeddings of the kind {ChoiceNames.Of(EmbeddingKind)} where the plan routes by {ChoiceNames.Of(kind)}", Fix);
        }

        if (size != part.EmbeddingSize)
        {
            throw new InputException(
                run.Predictions(part.Part), $"has embeddings of {part.EmbeddingSize} numbers where the plan routes by {size}", Fix);
        }
    }

    /// <summary>A cost file, or the default structure at the exits of a part where none is named.</summary>
    /// <param name="path">The cost file, or null.</param>
    /// <param name="exits">The layers that the model has exits at; without a file they are the tiers' depths.</param>
    /// <param name="policies">The policies whose names no tier may have; null for those of this library.</param>
    /// <exception cref="InputException">The file is absent or malformed.</exception>
    public static CostStructure Costs(string? path, IReadOnlyList<int> exits, PolicyList? policies = null)
    {
        if (path is null)
            return CostStructure.Default(exits);
        using var stream = InputFile.OpenRead(path);
        return CostStructure.Read(stream, path, (policies ?? PolicyList.Default).ReservedNames);
    }

    /// <summary>A plan file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="policies">The policies that it may be of; null for those of this library.</param>
    /// <exception cref="InputException">The file is absent or malformed, or of another policy.</exception>
    public static Plan Plan(string path, PolicyList? policies = null)
    {
        using var stream = InputFile.OpenRead(path);
        return Planning.Plan.Read(stream, path, policies);
    }

    private T Read<T>(string path, string absent, Func<Stream, string, T> read)
    {
        RequireFile(path, absent);
        Remember(path);
        using var stream = InputFile.OpenRead(path);
        return read(stream, path);
    }

    private static void RequireFile(string path, string absent)
    {
        if (!File.Exists(path))
            throw new InputException(path, absent, "name the folder of a finished 'dimec train', or write the file as the docs say");
    }

    /// <summary>Keeps the hash of a file of the run for the plan's record.</summary>
    public void Remember(string path) => _hashes[run.NameOf(path)] = FileHash.Of(path);
}
