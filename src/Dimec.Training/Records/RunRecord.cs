using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dimec.Checkpoints;
using Dimec.Files;
using Dimec.Json;
using Dimec.Predictions;
using Dimec.Training.Data;

namespace Dimec.Training.Records;

/// <summary>The content of <c>run.json</c>: what the run is made from, on what, and what it came to.</summary>
internal sealed class RunRecord
{
    private const string Settings = "settings";
    private const string Backbone = "backbone";
    private const string Data = "data";
    private const string State = "state";
    private const string Results = "results";
    private const string Machine = "machine";
    private const string Precision = "precision";
    private const string Bf16Speed = "bf16Speed";
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

    public bool IsFinished => (string?)_root[State] == Finished;

    /// <summary>The threads that the run was begun with.</summary>
    public int Threads => (int?)_root[Machine]?["threads"] ?? 0;

    public static RunRecord Begin(
        TrainingSettings settings, TrainingData data, Checkpoint checkpoint, TrainingArguments arguments, int threads) => new(new JsonObject
        {
            ["format"] = 1,
            [State] = "running",
            [Settings] = JsonSerializer.SerializeToNode(settings, s_options),
            [Backbone] = new JsonObject
            {
                ["name"] = arguments.Backbone,
                ["files"] = JsonSerializer.SerializeToNode(checkpoint.Sources, s_options),
                ["config"] = JsonSerializer.SerializeToNode(checkpoint.Config, s_options),
            },
            [Data] = new JsonObject
            {
                ["name"] = data.Name,
                ["metric"] = data.Metric,
                ["pair"] = data.HasPair,
                ["labels"] = JsonSerializer.SerializeToNode(data.Labels, s_options),
                ["sources"] = JsonSerializer.SerializeToNode(data.Sources, s_options),
                ["parts"] = new JsonObject(new[] { data.Train, data.Selection, data.Calibration, data.Dev }.Select(
                    part => KeyValuePair.Create<string, JsonNode?>(part.Part, new JsonObject
                    {
                        ["samples"] = part.Samples.Count,
                        ["skipped"] = part.Skipped,
                        ["sha256"] = DataFingerprint.Of(part),
                    }))),
            },
            [Machine] = MachineRecord.Of(threads),
            [Precision] = Asked(arguments),
            ["notes"] = JsonSerializer.SerializeToNode(arguments.Notes, s_options),
        });

    /// <exception cref="InputException">The file is no run record.</exception>
    public static RunRecord Read(string path)
    {
        const string Again = "name a new folder, or that of a run to resume";
        using var document = JsonInput.Parse(
            InputFile.ReadAllBytes(path), path, Again, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            var record = new RunRecord(JsonObject.Create(document.RootElement.Clone())!);
            if (record.IsRecord())
            {
                LaterSettings.AddTo(record._root[Settings]);
                return record;
            }
        }

        throw new InputException(path, "is not the record of a training run (format 1)", Again);
    }

    /// <summary>Whether everything is there that is asked for later.</summary>
    private bool IsRecord()
    {
        try
        {
            // For what it says when it is read wrongly.
            _ = PrecisionChoice();
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

    public void Write(string path) => AtomicFile.WriteText(path, _root.ToJsonString(s_options) + "\n");

    /// <summary>Adds everything that differs between this, the record of an earlier run, and one that would begin now.</summary>
    public void CheckSame(RunRecord now, string folder, InputErrors errors)
    {
        foreach (var path in s_decisive)
        {
            foreach (var (key, earlier, later) in JsonDifference.Of(At(path), now.At(path), string.Join('.', path)))
            {
                errors.Add(
                    $"{folder} {key}", $"was {earlier} when this run began and is {later} now",
                    $"use the same value to resume, or another {TrainingOptionNames.Out}");
            }
        }
    }

    private JsonNode? At(string[] path) => path.Aggregate((JsonNode?)_root, (node, key) => (node as JsonObject)?[key]);

    public RunRecord Finish(JsonObject results)
    {
        var root = (JsonObject)_root.DeepClone();
        root[State] = Finished;
        root[Results] = results;
        return new RunRecord(root);
    }

    /// <summary>
    /// What a run that is taken up again goes on in; null where the record does not say, or with a word that is not known.
    /// </summary>
    public PrecisionChoice? PrecisionChoice() => (string?)_root[Settings]?[Precision] is { } word
        && ChoiceNames.Find<Training.Precision>(word) is { } taken and not Training.Precision.Auto
        ? new PrecisionChoice(taken, (double?)_root[Precision]?[Bf16Speed], isKept: true)
        : null;

    /// <summary>What decided on the precision that the settings name: the call itself, or a measurement.</summary>
    private static JsonObject Asked(TrainingArguments arguments)
    {
        var asked = new JsonObject { ["asked"] = ChoiceNames.Of(arguments.Precision) };
        if (arguments.PrecisionChoice?.Bf16Speed is { } speed)
            asked[Bf16Speed] = speed;
        return asked;
    }

    /// <summary>The layers of the exits whose pooled states the run has recorded, ascending.</summary>
    public int[] States() => _root[Results]?["states"]?.Deserialize<int[]>(s_options) ?? [];

    /// <summary>The record of a finished run that has recorded these states as well.</summary>
    public RunRecord WithStates(int[] layers)
    {
        var root = (JsonObject)_root.DeepClone();
        root[Results]!["states"] = JsonSerializer.SerializeToNode(layers);
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
}
