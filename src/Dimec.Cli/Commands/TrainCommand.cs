using System.CommandLine;
using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Cli.Output;
using Dimec.Predictions;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec train</c>: one encoder with exits, and all that was recorded on the way.</summary>
internal sealed class TrainCommand(CommandContext context) : ICliCommand
{
    private readonly DataOptions _data = new(required: true);
    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = Backbones.Description,
        DefaultValueFactory = _ => Backbones.MiniLmName,
    };

    private readonly Option<string> _exits = new("--exits")
    {
        Description = "The layers that get an exit, ascending.",
        DefaultValueFactory = _ => "2,4,6",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The run's folder; the same command resumes what it holds.",
        Required = true,
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the training samples, at least 1.",
        DefaultValueFactory = _ => 4,
    };

    private readonly Option<int> _batch = new("--batch-size")
    {
        Description = "Samples a step, at least 1.",
        DefaultValueFactory = _ => 32,
    };

    private readonly Option<double?> _rate = new("--learning-rate")
    {
        Description =
            "The peak learning rate, over 0 and at most 1 (default: by the backbone's width, 1.5e-4 below 768 and 2e-5 from there).",
    };

    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "The share of all steps in which the learning rate rises from 0, at least 0 and below 1; it then falls to 0.",
        DefaultValueFactory = _ => 0.1,
    };

    private readonly Option<double> _weightDecay = new("--weight-decay")
    {
        Description = "AdamW's weight decay, on matrices only; at least 0 and below 1.",
        DefaultValueFactory = _ => 0.01,
    };

    private readonly Option<double> _clip = new("--clip")
    {
        Description = "The gradient's largest L2 norm over all parameters, over 0.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _pooling = new("--pooling")
    {
        Description = "cls or mean (default: what the checkpoint's files or its name say, else cls; an assumption is told).",
    };

    private readonly Option<string> _head = new("--head") { Description = "pooler or linear.", DefaultValueFactory = _ => "pooler" };
    private readonly Option<string?> _embedding = ChoiceOption.Create<EmbeddingKind>(
        "--embedding",
        "What routing before any layer goes by, the mean of the tokens' embeddings after or before their LayerNorm, or each token's norm");

    private readonly Option<int?> _maxLength = new("--max-length")
    {
        Description = "The longest input in tokens, 3 (a pair: 5) to the backbone's positions (default: 128).",
    };

    private readonly Option<double?> _dropout = new("--dropout")
    {
        Description = "One probability for all dropouts, at least 0 and below 1 (default: the checkpoint's).",
    };

    private readonly Option<bool> _classWeights = new("--class-weights")
    {
        Description = "Weigh the classes in the loss against imbalance.",
    };

    private readonly Option<double> _distill = new("--distill")
    {
        Description = "The weight W, 0 to 100, of distilling the last exit L into each exit i below it: "
            + "the joint loss gains i / Σ i · W · T² · KL(softmax(z_L / T) || softmax(z_i / T)).",
    };

    private readonly Option<double?> _distillTemperature = new("--distill-temperature")
    {
        Description = "The temperature T of the distillation, over 0 and at most 100 (default: 2).",
    };

    private readonly Option<string?> _exitsTraining = ChoiceOption.Create<ExitsTraining>(
        "--exits-training",
        "How the exits below the last are trained, with the encoder; or, for as many epochs again, on the frozen one of a run with the "
        + "last exit alone; or with it in every other step, the last exit alone in those between");

    private readonly Option<string?> _precision = PrecisionOption.Create(Precision.Fp32);
    private readonly Option<bool> _selectionDynamics = new("--selection-dynamics")
    {
        Description = "Record the selection samples' dynamics as well, a pass an epoch; plan --routing membership needs them.",
    };

    private readonly Option<string?> _states = new("--states")
    {
        Description = "The exits, by their layers, whose pooled states are recorded with the predictions, "
            + "for plan --policy dimee; a finished run takes it as well.",
    };

    private readonly Option<bool> _ngram = new("--ngram")
    {
        Description = "Train exit 0, the n-gram exit, alone, and add it to the run that is in --out: its predictions must be of --data.",
    };

    private readonly Option<double?> _soft = new("--soft")
    {
        Description = "The weight W, 0 to 1, of what the last exit says of a training sample in what exit 0 learns of it, beside the label "
            + "(default: 0; what the run's record says).",
    };

    private readonly Option<string?> _unlabelled = new("--unlabelled")
    {
        Description = "A .tsv, .jsonl or .txt file of texts without labels, of which exit 0 learns what the last exit says "
            + $"(default: the one that the run's record names, or {NgramCall.NoTexts}).",
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads of the training, at least 1 (default: one a core; those of the run that is resumed).",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the accuracies as JSON." };

    public Command Build()
    {
        var command = new Command("train", "Trains one encoder with exits and records the training dynamics.");
        _data.AddTo(command);
        foreach (var option in new Option[]
        {
            _backbone, _exits, _out, _epochs, _batch, _rate, _warmUp, _weightDecay, _clip, _pooling, _head, _embedding, _maxLength,
            _dropout, _classWeights, _distill, _distillTemperature, _exitsTraining, _precision, _selectionDynamics, _states,
            _ngram, _soft, _unlabelled, _threads, _json,
        })
        {
            command.Add(option);
        }

        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_ngram))
            return AddNgram(parsed, stop);
        var call = Prepare(parsed);
        if (call.Arguments.Exits is [var only])
        {
            context.Console.WriteWarning(
                $"--exits names layer {only} only: the run will have nothing to plan, since a plan chooses between two exits or more.");
        }

        var result = call.Run(context, stop);
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(JsonLine.Of(new
            {
                folder = result.Folder,
                wasFinished = result.WasFinished,
                accuracy = result.Accuracy,
                notes = result.Notes,
                warnings = result.Warnings,
                samplesPerSecond = result.SamplesPerSecond,
            }));
            return ExitCodes.Done;
        }

        Print(result, context.Console.Tables, context.Console.WriteNote);
        context.Console.WriteLine(
            $"The run is in {result.Folder}{(result.WasFinished ? " (it was finished already)" : "")}. Next: dimec map {result.Folder}");
        return ExitCodes.Done;
    }

    /// <summary>A run of another training needs no more than its predictions and a tokenizer.</summary>
    private int AddNgram(ParseResult parsed, CancellationToken stop)
    {
        var (path, backbone) = (parsed.GetRequiredValue(_out), parsed.GetRequiredValue(_backbone));
        var errors = new InputErrors();
        var run = errors.Try(() => RunFolder.Open(path));
        var spec = errors.Try(() => _data.Spec(parsed)!);
        var checkpoint = run is null ? null : errors.Try(() =>
            Directory.Exists(run.Model) ? Checkpoint.Load(run.Model) : Backbones.Load(backbone));
        errors.ThrowIfAny();
        var data = spec!.Load(stop);
        var settings = Ngram(parsed).Settings(
            run!, spec, parsed.GetValue(_maxLength),
            checkpoint!.Exits?.MaxLength ?? TrainingArguments.DefaultMaxLength(checkpoint.Config), stop);
        NgramCall.Run(
            run!, data, CheckpointTokenizers.Read(checkpoint, run!.Model), settings,
            NgramCall.Texts(settings, run, spec, data, context, stop), context, stop);
        context.Console.WriteLine($"Exit 0 is in {run.Ngram}, its answers in {run.Path}'s predictions. Next: dimec plan {run.Path}");
        return ExitCodes.Done;
    }

    /// <summary>Shows the accuracies of every exit on every part, and what to know before the model is used.</summary>
    internal static void Print(TrainingResult result, IAnsiConsole console, Action<string> note)
    {
        var exits = result.Accuracy.Values.SelectMany(byExit => byExit.Keys).Distinct().Order().ToArray();
        var table = FigureTable.Of(["accuracy on", .. exits.Select(exit => $"exit {exit}")]);
        foreach (var (part, byExit) in result.Accuracy)
            table.Add([part, .. exits.Select(exit => byExit.TryGetValue(exit, out var accuracy) ? Formatting.Percent(accuracy) : "")]);
        console.Write(table);
        // A training has said its notes when it began, where it can still be stopped; one that was finished before says them here.
        foreach (var warning in (result.WasFinished ? result.Notes : []).Concat(result.Warnings))
            note(warning);
    }

    private TrainingCall Prepare(ParseResult parsed)
    {
        var errors = new InputErrors();
        var arguments = Arguments(parsed, errors);
        return TrainingCall.Check(() => _data.Spec(parsed)!, arguments, errors, Ngram(parsed));
    }

    private NgramCall Ngram(ParseResult parsed) => new(parsed.GetValue(_soft), parsed.GetValue(_unlabelled));

    private TrainingArguments Arguments(ParseResult parsed, InputErrors errors)
    {
        var notes = new Dictionary<string, string> { ["command"] = context.CommandLine };
        return new TrainingArguments
        {
            Out = parsed.GetRequiredValue(_out),
            Exits = Layers(_exits.Name, parsed.GetRequiredValue(_exits), errors),
            Backbone = parsed.GetRequiredValue(_backbone),
            Head = parsed.GetRequiredValue(_head),
            Pooling = parsed.GetValue(_pooling),
            Embedding = ChoiceOption.Value(parsed, _embedding, EmbeddingKind.LayerNorm, errors),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            WarmUp = parsed.GetValue(_warmUp),
            WeightDecay = parsed.GetValue(_weightDecay),
            ClipNorm = parsed.GetValue(_clip),
            MaxLength = parsed.GetValue(_maxLength),
            Dropout = parsed.GetValue(_dropout),
            ClassWeights = parsed.GetValue(_classWeights),
            Distill = parsed.GetValue(_distill),
            DistillTemperature = parsed.GetValue(_distillTemperature),
            ExitsTraining = ChoiceOption.Value(parsed, _exitsTraining, ExitsTraining.Joint, errors),
            Precision = ChoiceOption.Value(parsed, _precision, Precision.Fp32, errors),
            SelectionDynamics = parsed.GetValue(_selectionDynamics),
            States = parsed.GetValue(_states) is { } states ? Layers(_states.Name, states, errors) : [],
            Threads = parsed.GetValue(_threads),
            Seed = _data.Seed(parsed),
            Notes = _data.Describe(parsed, notes),
        };
    }

    private static List<int> Layers(string option, string text, InputErrors errors)
    {
        var layers = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
            {
                layers.Add(layer);
            }
            else
            {
                errors.Add(
                    option, $"is '{text}', where '{part}' is no layer number", "write layer numbers with commas between them, e.g. 2,4,6");
            }
        }

        return layers;
    }
}
