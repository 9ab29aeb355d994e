using Dimec.Cartography;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Runs;

/// <summary>The files of a run, by the names that outlive a day. A run that was made elsewhere may lack some of them.</summary>
/// <param name="path">The run's folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>Under what key the metadata of <see cref="TrainEmbeddings"/> name the kind of the embeddings.</summary>
    public const string EmbeddingKindKey = "embedding";

    /// <summary>The run's folder.</summary>
    public string Path => path;

    /// <summary><c>run.json</c>: every setting of the training.</summary>
    public string Record => In("run.json");

    /// <summary>
    /// <c>exits.json</c>: whose exits the predictions are, where they are not the trained model's but an exported bundle's.
    /// </summary>
    public string Exits => In("exits.json");

    /// <summary><c>model/</c>: the trained model in Hugging Face layout.</summary>
    public string Model => In("model");

    /// <summary><c>ngram.bin</c>: the n-gram exit, exit 0, as it is served.</summary>
    public string Ngram => In("ngram.bin");

    /// <summary><c>embeddings/train.safetensors</c>: e(x) of the training samples, rows in the order of <see cref="TrainGuids"/>.</summary>
    public string TrainEmbeddings => In("embeddings", "train.safetensors");

    /// <summary><c>embeddings/train.guids</c>: a guid a line.</summary>
    public string TrainGuids => In("embeddings", "train.guids");

    /// <summary><c>td_metrics.jsonl</c>: what <c>dimec map</c> makes of the dynamics.</summary>
    public string Metrics => In("td_metrics.jsonl");

    /// <summary><c>td_metrics.json</c>: what <see cref="Metrics"/> were made from, and how.</summary>
    public string MetricsRecord => In("td_metrics.json");

    /// <summary><c>data-map.png</c>: its picture.</summary>
    public string DataMap => In("data-map.png");

    /// <summary><c>evaluation.json</c>: every policy at the costs that were asked for.</summary>
    public string Evaluation => In("evaluation.json");

    /// <summary><c>evaluation-no-offload.json</c>: the same with offloading for nothing.</summary>
    public string EvaluationWithoutOffload => In("evaluation-no-offload.json");

    /// <summary><c>evaluation-cross-fit.json</c>: planned on one half of the reported part and read on the other.</summary>
    public string CrossFit => In("evaluation-cross-fit.json");

    /// <summary><c>evaluation-tally-splitee.json</c>: policies in a published tally.</summary>
    public string Tally => In("evaluation-tally-splitee.json");

    /// <summary><c>checkpoints/</c>: what a training that was stopped goes on from.</summary>
    public string Resume => In("checkpoints");

    /// <summary>Those of the heads below the last exit, where these are trained after the rest.</summary>
    public string EarlyResume => In("checkpoints", "early-exits");

    /// <summary>The recorded exits of a part.</summary>
    /// <param name="part"><c>train</c>, <c>selection</c>, <c>calibration</c> or <c>dev</c>.</param>
    public string Predictions(string part) => In("predictions", part + ".jsonl");

    /// <summary><c>dynamics/</c>, or <c>dynamics/PART/</c> of another part than train: a folder an exit.</summary>
    /// <param name="part"><c>train</c> or <c>selection</c>.</param>
    public string DynamicsOf(string part) => part == PartNames.Train ? In("dynamics") : In("dynamics", part);

    /// <summary>The dynamics of one exit, in the interchange format.</summary>
    /// <param name="dynamics">A part's dynamics: <see cref="DynamicsOf"/>.</param>
    /// <param name="exit">The exit's layer number.</param>
    public static string ExitDynamics(string dynamics, int exit) =>
        System.IO.Path.Combine(dynamics, $"exit-{exit}", TrainingDynamicsFolder.Name);

    /// <summary>Opens a run to read it.</summary>
    /// <param name="path">The run's folder.</param>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static RunFolder Open(string path) => Directory.Exists(path)
        ? new RunFolder(path)
        : throw new InputException(
            path, "is no folder", $"name the folder that 'dimec train {OptionNames.Of(TrainingOption.Out)}' wrote");

    /// <summary>
    /// Creates the folder and keeps other processes out of it until the result is disposed or this process ends, however it does.
    /// </summary>
    /// <exception cref="InputException">It cannot be created, holds something else, or another process is writing to it.</exception>
    public FolderClaim Claim()
    {
        var errors = new InputErrors();
        CheckUse(errors);
        errors.ThrowIfAny();
        return FolderClaim.Take(path);
    }

    /// <summary>A run may be begun in a folder that is new or empty, and resumed where one was begun.</summary>
    public void CheckUse(InputErrors errors) => FolderClaim.CheckUse(path, Record, "run", errors);

    /// <summary>How records of the run name one of its files: by its path inside the run, with <c>/</c> on every system.</summary>
    /// <param name="file">The file's path.</param>
    public string NameOf(string file) => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/');

    /// <summary>Whether a name is that of a file of what a model says: exits or e(x) of a part.</summary>
    /// <param name="name">The name as <see cref="NameOf"/> gives it.</param>
    internal bool IsAnswer(string name) => name == NameOf(TrainEmbeddings)
        || new[] { PartNames.Train, PartNames.Selection, PartNames.Calibration, PartNames.Dev }
            .Any(part => name == NameOf(Predictions(part)));

    /// <summary>
    /// Whether a name is that of a file that plans are made from and runs hold; others are of samples from elsewhere, on which a promise
    /// was tested.
    /// </summary>
    /// <param name="name">The name as <see cref="NameOf"/> gives it.</param>
    internal bool IsPlannedFrom(string name) => IsAnswer(name) || name == NameOf(TrainGuids) || name == NameOf(Metrics)
        || new[] { DynamicsOf(PartNames.Train), Model }.Any(folder => name.StartsWith(NameOf(folder) + "/", StringComparison.Ordinal));

    private string In(params string[] parts) => System.IO.Path.Combine([path, .. parts]);
}
