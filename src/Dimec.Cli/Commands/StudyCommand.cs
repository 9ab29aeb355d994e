using System.CommandLine;
using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Cli.Studies;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Reporting;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec study</c>: many trainings, everything measured of them, one report.</summary>
internal sealed class StudyCommand(CommandContext context) : ICliCommand
{
    private const int MostSeeds = 100;

    private readonly Option<string> _tasks = new("--tasks") { Description = "Tasks with commas between them: GLUE's by name (sst2,cola,mrpc,rte,…), or what train --data takes.", Required = true };
    private readonly Option<string?> _data = new("--data") { Description = $"The folder that holds GLUE's folders (default: the variable {StudyTasks.FolderVariable}, or else glue_data)." };
    private readonly Option<string> _out = new("--out") { Description = "The study's folder; the same command goes on with what it holds.", Required = true };
    private readonly Option<int> _seeds = new("--seeds") { Description = $"How many seeds, 1 to {MostSeeds}: each is a split and a training, numbered from 0.", DefaultValueFactory = _ => 3 };
    private readonly Option<string> _backbone = new("--backbone") { Description = "minilm, or a BERT-family checkpoint in Hugging Face layout.", DefaultValueFactory = _ => Backbones.MiniLmName };
    private readonly Option<string[]> _depths = new("--depths") { Description = "The tiers' depths in layers, e.g. 2,4,6; may be given several times (default: 2,4,6 and 1,3,6 for six layers, 3,6,12 and 4,8,12 for twelve)." };
    private readonly Option<int> _epochs = new("--epochs") { Description = "Passes over the training samples, at least 1.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _batch = new("--batch-size") { Description = "Samples a step, at least 1.", DefaultValueFactory = _ => 32 };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "The peak learning rate, over 0 and at most 1 (default: by the backbone's width and pooling)." };
    private readonly Option<string?> _precision = ChoiceOption.Create<Precision>("--precision", "In what the encoder's matrices are multiplied in training, bf16 only on a processor with AVX512_BF16 or AMX_BF16");
    private readonly Option<int?> _limit = new("--limit") { Description = "At most this many training samples of a task, a stratified sample; at least 2, and one a label." };
    private readonly Option<int?> _heldOutLimit = new("--held-out-limit") { Description = "At most this many samples in each part that is split off, at least 1." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads of the training, at least 1 (default: one a core)." };
    private readonly Option<int> _halvings = new("--halvings") { Description = "Halvings of dev in the cross-fitted protocol, 1 to 1000.", DefaultValueFactory = _ => CrossFit.UsualHalvings };
    private readonly Option<int> _sweepSteps = new("--sweep-steps") { Description = "Values on each axis of the sweep over cost structures, 2 to 20, or 0 for no sweep; three tiers have steps³ structures.", DefaultValueFactory = _ => 6 };
    private readonly Option<bool> _ablation = new("--ablation") { Description = "Measure what every open choice of the method is worth, at the first depths." };
    private readonly PlanOptions _choices = new();

    public Command Build()
    {
        var command = new Command("study", "Trains over tasks and seeds, measures every policy, and writes one report.") { _tasks, _data, _backbone, _seeds, _out };
        foreach (var option in new Option[] { _depths, _epochs, _batch, _rate, _precision, _limit, _heldOutLimit, _threads, _halvings, _sweepSteps, _ablation })
            command.Add(option);
        _choices.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var settings = Settings(parsed);
        var folder = new StudyFolder(parsed.GetRequiredValue(_out));
        var data = Load(settings, stop);
        using var claim = folder.Claim();
        Leftovers.Remove(folder.Path);
        var results = new StudyResults(settings, folder);
        StudyRecord.Write(folder, settings, context.CommandLine);
        new StudyRunner(context.Console, context.Time).Run(new StudyPlan(settings, folder, results, data, context).Steps(), stop);
        var inputs = new StudyGathering(settings, folder, results, context.CommandLine).Inputs();
        AtomicFile.Write(folder.Report, stream => StudyReport.Write(inputs, stream));
        AtomicFile.WriteText(folder.Tables, Text(inputs));
        context.Console.WriteLine($"The report is in {folder.Report}, its tables are in {folder.Tables}.");
        return ExitCodes.Done;
    }

    private static string Text(StudyInputs inputs)
    {
        using var text = new StringWriter();
        StudyTables.Write(inputs, text);
        return text.ToString();
    }

    private StudySettings Settings(ParseResult parsed)
    {
        var errors = new InputErrors();
        var reading = new ReaderOptions { Limit = parsed.GetValue(_limit), HeldOutLimit = parsed.GetValue(_heldOutLimit) };
        var tasks = StudyTasks.Parse(parsed.GetRequiredValue(_tasks), parsed.GetValue(_data), reading, errors);
        var backbone = errors.Try(() => Backbones.Load(parsed.GetRequiredValue(_backbone)));
        Range(parsed.GetValue(_seeds), 1, MostSeeds, _seeds, errors);
        Range(parsed.GetValue(_halvings), 1, 1000, _halvings, errors);
        if (parsed.GetValue(_sweepSteps) != 0)
            Range(parsed.GetValue(_sweepSteps), 2, 20, _sweepSteps, errors);
        var structures = Structures(parsed.GetValue(_depths) ?? [], backbone, errors);
        var training = new TrainingArguments
        {
            Out = parsed.GetRequiredValue(_out),
            Exits = [.. Enumerable.Range(1, structures.Select(structure => structure.Tiers[^1].Depth).DefaultIfEmpty(1).Max())],
            Backbone = parsed.GetRequiredValue(_backbone),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            Precision = ChoiceOption.Value(parsed, _precision, Precision.Fp32, errors),
            SelectionDynamics = true,
            States = [.. structures.Select(structure => structure.Tiers[0].Depth).Distinct().Order()],
            Threads = parsed.GetValue(_threads),
        };
        var choices = _choices.Of(parsed, given: null, errors);
        if (string.IsNullOrWhiteSpace(training.Out))
            errors.Add("--out", "is empty", "name the study's folder");
        else if (structures.Count > 0)
            Trainer.Check(training with { Out = new StudyFolder(training.Out).Run("task", 0).Path }, backbone, errors);
        errors.ThrowIfAny();
        return new StudySettings
        {
            Tasks = tasks,
            Seeds = [.. Enumerable.Range(0, parsed.GetValue(_seeds)).Select(seed => (long)seed)],
            Structures = structures,
            Training = training,
            Choices = choices,
            Halvings = parsed.GetValue(_halvings),
            SweepSteps = parsed.GetValue(_sweepSteps),
            Ablation = parsed.GetValue(_ablation),
        };
    }

    /// <summary>Reads every task before hours are spent on the first one.</summary>
    private static Dictionary<string, TaskData> Load(StudySettings settings, CancellationToken stop)
    {
        var errors = new InputErrors();
        var data = settings.Tasks.Select(task => (task.Name, Data: errors.Try(() => task.Data(settings.Seeds[0]).Load(stop)))).ToArray();
        errors.ThrowIfAny();
        return data.ToDictionary(task => task.Name, task => task.Data!);
    }

    private static List<CostStructure> Structures(string[] given, Checkpoint? backbone, InputErrors errors)
    {
        var layers = backbone?.Config.Layers ?? 0;
        string[] texts = given.Length > 0 ? given : layers switch
        {
            0 => [],
            6 => ["2,4,6", "1,3,6"],
            12 => ["3,6,12", "4,8,12"],
            < 3 => [string.Join(',', Enumerable.Range(1, layers))],
            _ => [$"{layers / 3},{2 * layers / 3},{layers}"],
        };
        var structures = new List<CostStructure>();
        foreach (var text in texts)
        {
            int[] depths = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : 0)];
            if (depths.Length < 2 || depths[0] < 1 || depths.Zip(depths.Skip(1)).Any(pair => pair.First >= pair.Second) || (layers > 0 && depths[^1] > layers))
                errors.Add($"--depths {text}", "is not a list of ascending layer numbers of this backbone, two or more", layers > 0 ? $"write e.g. {layers / 3},{2 * layers / 3},{layers}" : "write e.g. 2,4,6");
            else if (structures.Any(other => other.Tiers.Select(tier => tier.Depth).SequenceEqual(depths)))
                errors.Add($"--depths {text}", "comes twice", "give each set of depths once");
            else
                structures.Add(CostStructure.Default(depths));
        }

        return structures;
    }

    private static void Range(int value, int from, int to, Option option, InputErrors errors)
    {
        if (value < from || value > to)
            errors.Add(option.Name, $"is {value}", $"give {from} to {to}");
    }
}
