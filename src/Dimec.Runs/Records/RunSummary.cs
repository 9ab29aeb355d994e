using System.Text.Json;
using Dimec.Files;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Runs.Records;

/// <summary>What a run's <c>run.json</c> says that later commands use; a run that was made elsewhere has none.</summary>
public sealed record RunSummary
{
    private const string Fix = "train again, or remove the file to use the other parts of the folder";

    /// <summary>The options of the training call, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>The task's name; null where it is not known.</summary>
    public string? Task { get; init; }

    /// <summary>What the task is, in a sentence.</summary>
    public string Description => Task is null
        ? "Predictions of another training."
        : $"{Labels.Count} classes; a sample is {(HasPair ? "a pair of texts" : "a text")}.";

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether samples are pairs.</summary>
    public bool HasPair { get; init; }

    /// <summary>What the encoder was called.</summary>
    public string Backbone { get; init; } = "";

    /// <summary>Samples by part.</summary>
    public IReadOnlyDictionary<string, int> Parts { get; init; } = new Dictionary<string, int>();

    /// <summary>What e(x) is made of; null where it is not known.</summary>
    public EmbeddingKind? Embedding { get; init; }

    /// <summary>Epochs; 0 where they are not known.</summary>
    public int Epochs { get; init; }

    /// <summary>Training samples a second; 0 where they are not known.</summary>
    public double SamplesPerSecond { get; init; }

    /// <summary>What the training said to know before its model is used, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The settings by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The machine and the libraries by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Machine { get; init; } = [];

    /// <summary>Reads the record.</summary>
    /// <param name="run">The run.</param>
    /// <returns>What it says; the defaults where the run has none.</returns>
    /// <exception cref="InputException">There is a <c>run.json</c>, and it is broken.</exception>
    public static RunSummary Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!File.Exists(run.Record))
            return new RunSummary();
        using var document = JsonInput.Parse(InputFile.ReadAllBytes(run.Record), run.Record, Fix, JsonInput.KeysOnce);
        return Read(new RecordNode(document.RootElement, run.Record, ""));
    }

    private static RunSummary Read(RecordNode root)
    {
        var (data, settings, results) = (root["data"], root["settings"], root.Find("results"));
        return new RunSummary
        {
            Notes = root["notes"].Members.ToDictionary(note => note.Key, note => note.Value.Text),
            Task = data["name"].Text,
            Labels = [.. data["labels"].Elements.Select(label => label.Text)],
            HasPair = data["pair"].Truth,
            Backbone = root["backbone"]["name"].Text,
            Parts = data["parts"].Members.ToDictionary(part => part.Key, part => part.Value["samples"].Whole(0)),
            Embedding = settings.Find("embedding") is { } kind ? ChoiceNames.Find<EmbeddingKind>(kind.Text)
                ?? throw kind.Wrong($"one of {string.Join(", ", ChoiceNames.All<EmbeddingKind>())}") : null,
            Epochs = settings["epochs"].Whole(0),
            SamplesPerSecond = results?.Find("samplesPerSecond")?.Number ?? 0,
            Warnings = [.. Sentences(results, "notes"), .. Sentences(results, "warnings")],
            Settings = Flat(settings),
            Machine = Flat(root["machine"]),
        };
    }

    private static IEnumerable<string> Sentences(RecordNode? results, string key) =>
        results?.Find(key) is { } sentences ? sentences.Elements.Select(sentence => sentence.Text) : [];

    private static KeyValuePair<string, string>[] Flat(RecordNode values) =>
        [.. values.Members.Select(value => KeyValuePair.Create(value.Key, Readable(value.Value.Value)))];

    private static string Readable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Readable)),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };
}
