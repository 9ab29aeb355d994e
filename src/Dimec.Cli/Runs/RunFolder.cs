namespace Dimec.Cli.Runs;

/// <summary>The files of a run, by the names that outlive a day. A run made elsewhere may lack some of them.</summary>
/// <param name="Path">The run's folder.</param>
internal sealed record RunFolder(string Path)
{
    /// <summary>Every setting of the training.</summary>
    public string RunJson => File("run.json");

    /// <summary>The trained model in Hugging Face layout.</summary>
    public string Model => File("model");

    /// <summary>The folder of each exit's dynamics.</summary>
    public string Dynamics => File("dynamics");

    /// <summary>Embeddings of the training samples, rows in the order of <see cref="TrainGuids"/>.</summary>
    public string TrainEmbeddings => File("embeddings", "train.safetensors");

    /// <summary>A guid a line.</summary>
    public string TrainGuids => File("embeddings", "train.guids");

    /// <summary>What <c>dimec map</c> made of the dynamics.</summary>
    public string Metrics => File("td_metrics.jsonl");

    /// <summary>The data map.</summary>
    public string DataMap => File("data-map.png");

    /// <summary>The recorded exits of a part.</summary>
    public string Predictions(string part) => File("predictions", $"{part}.jsonl");

    /// <summary>The dynamics of one exit.</summary>
    public string ExitDynamics(int exit) => File("dynamics", $"exit-{exit}", "training_dynamics");

    /// <summary>Opens a run.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static RunFolder Open(string path) => Directory.Exists(path)
        ? new RunFolder(path)
        : throw new InputException(path, "is no folder", "name the folder that 'dimec train --out' wrote");

    private string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
