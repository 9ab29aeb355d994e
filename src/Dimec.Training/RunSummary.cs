using System.Text.Json;
using Dimec.Predictions;

namespace Dimec.Training;

/// <summary>What a run's <c>run.json</c> says that later commands use; a run that was made elsewhere has none.</summary>
public sealed record RunSummary
{
    /// <summary>The options of the training call, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>The task's name; null where it is not known.</summary>
    public string? Task { get; init; }

    /// <summary>What the task is, in a sentence.</summary>
    public string Description => Task is null ? "Predictions of another training." : $"{Labels.Count} classes; a sample is {(HasPair ? "a pair of texts" : "a text")}.";

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
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(run.Record));
            return Read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException(run.Record, $"is no record of a training ({broken.Message})", "train again, or remove the file to use the other parts of the folder");
        }
    }

    private static RunSummary Read(JsonElement root)
    {
        var data = root.GetProperty("data");
        var settings = root.GetProperty("settings");
        var results = root.TryGetProperty("results", out var found) && found.ValueKind == JsonValueKind.Object ? found : default(JsonElement?);
        return new RunSummary
        {
            Notes = root.GetProperty("notes").EnumerateObject().ToDictionary(note => note.Name, note => note.Value.GetString()!),
            Task = data.GetProperty("name").GetString(),
            Labels = [.. data.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)],
            HasPair = data.GetProperty("pair").GetBoolean(),
            Backbone = root.GetProperty("backbone").GetProperty("name").GetString()!,
            Parts = data.GetProperty("parts").EnumerateObject().ToDictionary(part => part.Name, part => part.Value.GetProperty("samples").GetInt32()),
            Embedding = settings.TryGetProperty("embedding", out var kind) ? ChoiceNames.Find<EmbeddingKind>(kind.GetString()!) ?? throw new InvalidOperationException($"settings.embedding is {kind}") : null,
            Epochs = settings.GetProperty("epochs").GetInt32(),
            SamplesPerSecond = results?.TryGetProperty("samplesPerSecond", out var speed) == true ? speed.GetDouble() : 0,
            Warnings = results?.TryGetProperty("warnings", out var warnings) == true ? [.. warnings.EnumerateArray().Select(warning => warning.GetString()!)] : [],
            Settings = Flat(settings),
            Machine = Flat(root.GetProperty("machine")),
        };
    }

    private static KeyValuePair<string, string>[] Flat(JsonElement values) =>
        [.. values.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, Readable(value.Value)))];

    private static string Readable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Readable)),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };
}
