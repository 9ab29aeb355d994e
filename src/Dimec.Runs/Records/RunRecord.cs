using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dimec.Files;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Runs.Records;

/// <summary>
/// The content of <c>run.json</c>, for who writes it and takes the run up again: what it is made from, on what, and what it came to.
/// <see cref="RunSummary"/> is for who reads it.
/// </summary>
public sealed class RunRecord
{
    private const string Settings = "settings";
    private const string Backbone = "backbone";
    private const string Data = "data";
    private const string State = "state";
    private const string Results = "results";
    private const string Machine = "machine";
    private const string Precision = "precision";
    private const string Finished = "finished";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        // The words of the option itself.
        Converters =
        {
            new JsonStringEnumConverter<EmbeddingKind>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
        },
    };

    /// <summary>What decides a run's weights. How its files were called when they were read does not.</summary>
    private static readonly string[][] s_decisive =
        [[Settings], [Backbone, "files"], [Backbone, "config"], [Data, "pair"], [Data, "labels"], [Data, "parts"]];

    private readonly JsonObject _root;

    private RunRecord(JsonObject root) => _root = root;

    /// <summary>Whether the training came to its end.</summary>
    public bool IsFinished => (string?)_root[State] == Finished;

    /// <summary>The threads that the run was begun with.</summary>
    public int Threads => (int?)_root[Machine]?["threads"] ?? 0;

    /// <summary>The word of the precision that the run was begun in; null where the record does not say.</summary>
    public string? TakenPrecision => (string?)_root[Settings]?[Precision];

    /// <summary>How many times as fast as fp32 bf16 was measured to be; null where it was not.</summary>
    public double? Bf16Speed => (double?)_root[Precision]?["bf16Speed"];

    /// <summary>The record of a run that begins now.</summary>
    /// <param name="beginning">What is known of it.</param>
    public static RunRecord Begin(RunBeginning beginning)
    {
        ArgumentNullException.ThrowIfNull(beginning);
        var first = beginning.Parts[0];
        var precision = new JsonObject { ["asked"] = beginning.AskedPrecision };
        if (beginning.Bf16Speed is { } speed)
            precision["bf16Speed"] = speed;
        return new RunRecord(new JsonObject
        {
            ["format"] = 1,
            [State] = "running",
            [Settings] = beginning.Settings,
            [Backbone] = new JsonObject
            {
                ["name"] = beginning.Backbone,
                ["files"] = Node(beginning.Checkpoint.Sources),
                ["config"] = Node(beginning.Checkpoint.Config),
            },
            [Data] = new JsonObject
            {
                ["name"] = beginning.Task,
                ["metric"] = beginning.Metric,
                ["pair"] = first.HasPair,
                ["labels"] = Node(first.Labels),
                ["sources"] = Node(beginning.Sources),
                ["parts"] = new JsonObject(beginning.Parts.Select(
                    part => KeyValuePair.Create<string, JsonNode?>(part.Part, new JsonObject
                    {
                        ["samples"] = part.Samples.Count,
                        ["skipped"] = part.Skipped,
                        ["sha256"] = DataFingerprint.Of(part),
                    }))),
            },
            [Machine] = beginning.Machine,
            [Precision] = precision,
            ["notes"] = Node(beginning.Notes),
        });
    }

    /// <summary>Settings as a record holds them: names in camel case, and the words of the options themselves.</summary>
    /// <param name="settings">The settings.</param>
    /// <typeparam name="T">Their type, a record of properties.</typeparam>
    public static JsonObject SettingsOf<T>(T settings) => Node(settings)!.AsObject();

    /// <summary>Reads the record of a run that was begun.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is no run record.</exception>
    public static RunRecord Read(string path)
    {
        const string Again = "name a new folder, or that of a run to resume";
        const string NoRecord = "is not the record of a training run (format 1)";
        using var document = JsonInput.ParseObject(InputFile.ReadAllBytes(path), path, Again, JsonInput.KeysOnce, NoRecord);
        var record = new RunRecord(JsonObject.Create(document.RootElement.Clone())!);
        if (!record.IsRecord())
            throw new InputException(path, NoRecord, Again);
        LaterSettings.AddTo(record._root[Settings]);
        return record;
    }

    /// <summary>Whether everything is there that is asked for later.</summary>
    private bool IsRecord()
    {
        try
        {
            // For what it says when it is read wrongly.
            _ = (TakenPrecision, Bf16Speed);
            return (int?)_root["format"] == 1 && (string?)_root[State] is not null && Threads > 0
                && _root[Settings] is JsonObject && _root[Backbone] is JsonObject && _root[Data] is JsonObject
                && (_root[Results] is JsonObject || (_root[Results] is null && !IsFinished))
                && Accuracy().Values.All(byExit => byExit is not null)
                && !Warnings().Concat(Notes()).Contains(null!) && !States().Contains(0);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Writes the record.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.WriteText(path, _root.ToJsonString(s_options) + "\n");

    /// <summary>Adds everything that differs between this, the record of an earlier run, and one that would begin now.</summary>
    /// <param name="now">The record of the one that would begin.</param>
    /// <param name="folder">The run's folder, for the sentences.</param>
    /// <param name="errors">Where to.</param>
    public void CheckSame(RunRecord now, string folder, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var path in s_decisive)
        {
            foreach (var (key, earlier, later) in JsonDifference.Of(At(path), now.At(path), string.Join('.', path)))
            {
                errors.Add(
                    $"{folder} {key}", $"was {earlier} when this run began and is {later} now",
                    $"use the same value to resume, or another {OptionNames.Of(TrainingOption.Out)}");
            }
        }
    }

    /// <summary>The record of the same run, finished.</summary>
    /// <param name="results">What it came to.</param>
    public RunRecord Finish(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var node = new JsonObject
        {
            ["steps"] = results.Steps,
            ["epochLosses"] = JsonSerializer.SerializeToNode(results.EpochLosses),
            ["accuracy"] = JsonSerializer.SerializeToNode(results.Accuracy),
            ["notes"] = JsonSerializer.SerializeToNode(results.Notes),
            ["warnings"] = JsonSerializer.SerializeToNode(results.Warnings),
            ["samplesPerSecond"] = Math.Round(results.SamplesPerSecond, 1),
            ["truncated"] = results.Truncated,
        };
        if (results.EarlyExitsEpochLosses is { } losses)
            node["earlyExitsEpochLosses"] = JsonSerializer.SerializeToNode(losses);
        var root = (JsonObject)_root.DeepClone();
        root[State] = Finished;
        root[Results] = node;
        return new RunRecord(root);
    }

    /// <summary>The layers of the exits whose pooled states the run has recorded, ascending.</summary>
    public IReadOnlyList<int> States() => _root[Results]?["states"]?.Deserialize<int[]>(s_options) ?? [];

    /// <summary>The record of a finished run that has recorded these states as well.</summary>
    /// <param name="layers">The layers of the exits, ascending.</param>
    public RunRecord WithStates(IReadOnlyList<int> layers)
    {
        var root = (JsonObject)_root.DeepClone();
        root[Results]!["states"] = JsonSerializer.SerializeToNode(layers);
        return new RunRecord(root);
    }

    /// <summary>The record of the same run with something else that was made in it.</summary>
    /// <param name="key">The key, none of those of a training.</param>
    /// <param name="value">What stands there from now on.</param>
    internal RunRecord With(string key, JsonNode value)
    {
        var root = (JsonObject)_root.DeepClone();
        root[key] = value;
        return new RunRecord(root);
    }

    /// <summary>Accuracy by part and exit, as <see cref="Finish"/> recorded it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<int, double>> Accuracy() =>
        _root[Results]?["accuracy"]?.Deserialize<Dictionary<string, Dictionary<int, double>>>(s_options)?
            .ToDictionary(part => part.Key, part => (IReadOnlyDictionary<int, double>)part.Value) ?? [];

    /// <summary>What <see cref="Finish"/> recorded of the texts; empty for a run of before there were notes.</summary>
    public IReadOnlyList<string> Notes() => _root[Results]?["notes"]?.Deserialize<string[]>(s_options) ?? [];

    /// <summary>What <see cref="Finish"/> recorded to be known before the model is used.</summary>
    public IReadOnlyList<string> Warnings() => _root[Results]?["warnings"]?.Deserialize<string[]>(s_options) ?? [];

    private JsonNode? At(string[] path) => path.Aggregate((JsonNode?)_root, (node, key) => (node as JsonObject)?[key]);

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, s_options);
}
