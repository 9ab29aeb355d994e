using System.CommandLine;
using Dimec.Evaluation.CrossFitting;
using Dimec.Planning.Promises;
using Dimec.Pools;
using Dimec.Studies;
using Dimec.Studies.Promises;
using Dimec.Studies.Settings;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary>The options of a study.</summary>
internal sealed class StudyOptions
{
    private const int MostSeeds = 100;
    private const int MostDraws = 1_000_000;

    private readonly Option<string> _tasks = new("--tasks")
    {
        Description = "Tasks with commas between them: GLUE's by name (sst2,cola,mrpc,rte,…), or what train --data takes.",
        Required = true,
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"The folder that holds GLUE's folders (default: the variable {StudyTasks.FolderVariable}, or else glue_data).",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The study's folder; the same command goes on with what it holds.",
        Required = true,
    };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = $"How many seeds, 1 to {MostSeeds}: each is a split and a training, numbered from 0.",
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = Backbones.Description,
        DefaultValueFactory = _ => Backbones.MiniLmName,
    };

    private readonly Option<string[]> _depths = new("--depths")
    {
        Description = "The tiers' depths in layers, e.g. 2,4,6; may be given several times (default: "
            + "2,4,6 and 1,3,6 for six layers, 3,6,12 and 4,8,12 for twelve).",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the training samples, at least 1.",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int> _batch = new("--batch-size")
    {
        Description = "Samples a step, at least 1.",
        DefaultValueFactory = _ => 32,
    };

    private readonly Option<double?> _rate = new("--learning-rate")
    {
        Description = "The peak learning rate, over 0 and at most 1 (default: by the backbone's width and pooling).",
    };

    private readonly Option<string?> _precision = PrecisionOption.Create(Precision.Auto);
    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "At most this many training samples of a task, a stratified sample; at least 2, and one a label.",
    };

    private readonly Option<int?> _heldOutLimit = new("--held-out-limit")
    {
        Description = "At most this many samples in each part that is split off, at least 1.",
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads of the training, at least 1 (default: one a core).",
    };

    private readonly Option<int> _crossFit = new("--cross-fit")
    {
        Description = "Random halvings of dev in the cross-fitted protocol, 1 to 1000.",
        DefaultValueFactory = _ => CrossFit.UsualHalvings,
    };

    private readonly Option<int> _sweepSteps = new("--sweep-steps")
    {
        Description =
            "Values on each axis of the sweep over cost structures, 2 to 20, or 0 for no sweep; three tiers have steps³ structures.",
        DefaultValueFactory = _ => 6,
    };

    private readonly Option<string?> _ablation = new("--ablation")
    {
        Description = "Measure what every open choice of the method is worth, at the first depths: all (those of training as well, "
            + "four further models a task with the first seed) or plan (default: none; without a word all).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _promises = new("--promises")
    {
        Description = "Make promises anew on redraws of each run's calibration samples, at the first depths, and count how often they are "
            + "broken.",
    };

    private readonly Option<int?> _redraws = new("--redraws")
    {
        Description = $"With --promises: how many redraws, 1 to {MostDraws} (default: {RedrawOptions.UsualDraws}).",
    };

    private readonly PlanOptions _choices = new();

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _tasks, _data, _backbone, _seeds, _out, _depths, _epochs, _batch, _rate, _precision, _limit, _heldOutLimit, _threads, _crossFit,
            _sweepSteps, _ablation, _promises, _redraws,
        })
        {
            command.Add(option);
        }

        _choices.AddTo(command);
    }

    /// <summary>What a call asks for, and how its runs are trained, but for each one's folder and seed.</summary>
    /// <exception cref="InputException">Everything that is wrong with the call.</exception>
    public (StudySettings Settings, TrainingArguments Training) Read(ParseResult parsed)
    {
        var errors = new InputErrors();
        var reading = new ReaderOptions { Limit = parsed.GetValue(_limit), HeldOutLimit = parsed.GetValue(_heldOutLimit) };
        var tasks = StudyTasks.Parse(parsed.GetRequiredValue(_tasks), parsed.GetValue(_data), reading, errors);
        var backbone = errors.Try(() => Backbones.Load(parsed.GetRequiredValue(_backbone)));
        Range(parsed.GetValue(_seeds), 1, MostSeeds, _seeds, errors);
        Range(parsed.GetValue(_crossFit), 1, 1000, _crossFit, errors);
        if (parsed.GetValue(_sweepSteps) != 0)
            Range(parsed.GetValue(_sweepSteps), 2, 20, _sweepSteps, errors);
        var structures = TierDepths.Parse(parsed.GetValue(_depths) ?? [], backbone?.Config.Layers, errors);
        var training = new TrainingArguments
        {
            Out = parsed.GetRequiredValue(_out),
            Exits = [.. Enumerable.Range(1, structures.Select(structure => structure.Tiers[^1].Depth).DefaultIfEmpty(1).Max())],
            Backbone = parsed.GetRequiredValue(_backbone),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            Precision = ChoiceOption.Value(parsed, _precision, Precision.Auto, errors),
            SelectionDynamics = true,
            States = [.. structures.Select(structure => structure.Tiers[0].Depth).Distinct().Order()],
            Threads = parsed.GetValue(_threads),
        };
        var choices = _choices.Of(parsed, given: null, errors);
        if (structures.Count > 0)
            Check(choices.Metrics, training, errors);
        var ablation = Scope(parsed, errors);
        var draws = Draws(parsed, choices.Options.MaxDrop, errors);
        if (string.IsNullOrWhiteSpace(training.Out))
            errors.Add("--out", "is empty", "name the study's folder");
        else
            Trainer.Validate(training with { Out = new StudyFolder(training.Out).Run("task", 0).Path }, backbone, errors);
        errors.ThrowIfAny();
        var settings = new StudySettings
        {
            Out = training.Out,
            Tasks = tasks,
            Seeds = [.. Enumerable.Range(0, parsed.GetValue(_seeds)).Select(seed => (long)seed)],
            Structures = structures,
            Exits = training.Exits,
            Backbone = training.Backbone,
            Epochs = training.Epochs,
            Choices = choices,
            Halvings = parsed.GetValue(_crossFit),
            SweepSteps = parsed.GetValue(_sweepSteps),
            Ablation = ablation,
            PromiseDraws = draws,
        };
        return (settings, training);
    }

    /// <summary>Says before hours are spent on trainings that the pools cannot be made of their dynamics.</summary>
    private static void Check(MetricsChoice map, TrainingArguments training, InputErrors errors)
    {
        if (map.Exit is { } exit && !training.Exits.Contains(exit))
        {
            errors.Add(
                $"--exit {exit}", $"is no exit of this study, which trains exits {string.Join(", ", training.Exits)}", "name one of these");
        }

        if (map.Options.IncludeCi && training.Epochs > 0 && map.Options.Kept(training.Epochs) < 2)
            errors.Add("--include-ci", "divides by E − 1 and 1 epoch is kept", "keep at least two epochs, or leave it off");
    }

    private AblationScope? Scope(ParseResult parsed, InputErrors errors) => parsed.GetResult(_ablation) is { Implicit: false } given
        ? given.Tokens.Count == 0 ? AblationScope.All : ChoiceOption.Value(parsed, _ablation, AblationScope.All, errors)
        : null;

    private int Draws(ParseResult parsed, double maxDrop, InputErrors errors)
    {
        var given = parsed.GetValue(_redraws);
        if (!parsed.GetValue(_promises))
        {
            if (given is not null)
                errors.Add(_redraws.Name, "is given, and no promise is made", $"give {_promises.Name} as well, or leave it off");
            return 0;
        }

        var draws = given ?? RedrawOptions.UsualDraws;
        Range(draws, 1, MostDraws, _redraws, errors);
        // What no plan can be allowed is said already; less than that can be promised.
        if (maxDrop is >= -1 and <= 1)
            new PromiseOptions { MaxDrop = maxDrop }.Validate(errors);
        return draws;
    }

    private static void Range(int value, int from, int to, Option option, InputErrors errors)
    {
        if (value < from || value > to)
            errors.Add(option.Name, $"is {value}", $"give {from} to {to}");
    }
}
