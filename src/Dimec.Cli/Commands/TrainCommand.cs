using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dimec.Cli.Progress;
using Dimec.Text;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec train</c>: one encoder with exits, and all that was recorded on the way.</summary>
internal sealed class TrainCommand(CommandContext context) : ICliCommand
{
    private readonly DataOptions _data = new(required: true);
    private readonly Option<string> _backbone = new("--backbone") { Description = "minilm, or a BERT-family checkpoint in Hugging Face layout.", DefaultValueFactory = _ => Backbones.MiniLmName };
    private readonly Option<string> _exits = new("--exits") { Description = "The layers that get an exit, ascending.", DefaultValueFactory = _ => "2,4,6" };
    private readonly Option<string> _out = new("--out") { Description = "The run's folder; the same command resumes what it holds.", Required = true };
    private readonly Option<int> _epochs = new("--epochs") { Description = "Passes over the training samples.", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _batch = new("--batch-size") { Description = "Samples a step.", DefaultValueFactory = _ => 32 };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "The peak learning rate (default: by the backbone's width and pooling)." };
    private readonly Option<string?> _pooling = new("--pooling") { Description = "cls or mean (default: what the checkpoint was trained with)." };
    private readonly Option<string> _head = new("--head") { Description = "pooler or linear.", DefaultValueFactory = _ => "pooler" };
    private readonly Option<int?> _maxLength = new("--max-length") { Description = "The longest input in tokens (default: 128)." };
    private readonly Option<double?> _dropout = new("--dropout") { Description = "One probability for all dropouts (default: the checkpoint's)." };
    private readonly Option<bool> _classWeights = new("--class-weights") { Description = "Weigh the classes in the loss against imbalance." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads of the training (default: one a core)." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the accuracies as JSON." };

    public Command Build()
    {
        var command = new Command("train", "Trains one encoder with exits and records the training dynamics.");
        _data.AddTo(command);
        foreach (var option in new Option[] { _backbone, _exits, _out, _epochs, _batch, _rate, _pooling, _head, _maxLength, _dropout, _classWeights, _threads, _json })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var arguments = Arguments(parsed);
        var result = Train(context, _data.Spec(parsed)!.Load(stop), parsed.GetRequiredValue(_backbone), arguments, stop);
        if (parsed.GetValue(_json))
        {
            context.Console.Out.WriteLine(JsonSerializer.Serialize(new { folder = result.Folder, wasFinished = result.WasFinished, accuracy = result.Accuracy, samplesPerSecond = result.SamplesPerSecond }));
            return ExitCodes.Done;
        }

        context.Console.Tables.Write(AccuracyTable(result));
        context.Console.Tables.MarkupLineInterpolated($"The run is in {result.Folder}{(result.WasFinished ? " (it was finished already)" : "")}. Next: dimec map {result.Folder}");
        return ExitCodes.Done;
    }

    /// <summary>Says what there is to learn, reads the backbone and trains.</summary>
    internal static TrainingResult Train(CommandContext context, TaskData data, string backbone, TrainingArguments arguments, CancellationToken stop)
    {
        context.Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Train.Samples.Count} training samples of {data.Labels.Count} classes; selection {data.Selection.Samples.Count}, calibration {data.Calibration.Samples.Count}, dev {data.Dev.Samples.Count}"));
        var checkpoint = Backbones.Load(backbone);
        return TrainingRun.Execute(arguments, data, checkpoint, new TrainingReporter(context.Console.Error, context.Time), stop);
    }

    /// <summary>The accuracies of every exit on every part.</summary>
    internal static Table AccuracyTable(TrainingResult result)
    {
        var exits = result.Accuracy.Values.SelectMany(byExit => byExit.Keys).Distinct().Order().ToArray();
        var table = new Table().AddColumn("part");
        foreach (var exit in exits)
            table.AddColumn(new TableColumn($"exit {exit}").RightAligned());
        foreach (var (part, byExit) in result.Accuracy)
            table.AddRow([part, .. exits.Select(exit => byExit.TryGetValue(exit, out var accuracy) ? accuracy.ToString("0.0000", CultureInfo.InvariantCulture) : "")]);
        return table;
    }

    private TrainingArguments Arguments(ParseResult parsed)
    {
        var notes = new Dictionary<string, string> { ["command"] = context.CommandLine };
        return new TrainingArguments
        {
            Out = parsed.GetRequiredValue(_out),
            Exits = Layers(parsed.GetRequiredValue(_exits)),
            Backbone = parsed.GetRequiredValue(_backbone),
            Head = parsed.GetRequiredValue(_head),
            Pooling = parsed.GetValue(_pooling),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            MaxLength = parsed.GetValue(_maxLength),
            Dropout = parsed.GetValue(_dropout),
            ClassWeights = parsed.GetValue(_classWeights),
            Threads = parsed.GetValue(_threads),
            Seed = _data.Seed(parsed),
            Notes = _data.Describe(parsed, notes),
        };
    }

    private static int[] Layers(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var layers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out layers[i]))
                throw new InputException("--exits", $"is '{text}', where '{parts[i]}' is no layer number", "write layer numbers with commas between them, e.g. 2,4,6");
        }

        return layers;
    }
}
