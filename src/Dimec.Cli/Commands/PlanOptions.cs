using System.CommandLine;
using System.Globalization;
using Dimec.Cartography;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Policies.Resuming;
using Dimec.Pools;
using Dimec.Runs.Plans;

namespace Dimec.Cli.Commands;

/// <summary>
/// The choices that the method leaves open, as options; every command that plans has the same ones. What is not given is as in the plan
/// of pools that the call names, or the default.
/// </summary>
internal sealed class PlanOptions
{
    private const string OwnExit = "own";

    private readonly Option<double?> _maxDrop = new("--max-drop")
    {
        Description = "The accuracy drop against the cloud that is allowed on the selection part, "
            + "as a fraction (default: that of the plan which the call names, otherwise 0.005).",
    };

    private readonly Option<string?> _exit = new("--exit")
    {
        Description = "The exit whose dynamics make the pools, by its layer, or own: each tier by its own exit (default: the last exit).",
    };

    private readonly Option<bool?> _includeCi = new("--include-ci")
    {
        Description = "Widen the variability σ by its uncertainty over few epochs (default: off).",
    };

    private readonly Option<int?> _burnOut = new("--burn-out")
    {
        Description = "Make the pools of the first K epochs only (default: all).",
    };

    private readonly Option<string?> _hard = ChoiceOption.Create<HardRule>(
        "--hard", "The samples of the hard pool: low μ, or low μ and low σ");

    private readonly Option<string?> _normalization = ChoiceOption.Create<EmbeddingNormalization>(
        "--normalization", "What is done to e(x) before distances are taken");

    private readonly Option<string?> _reward = ChoiceOption.Create<RewardKind>(
        "--reward", "What the reward of α and β rewards; correctness is 1 for right and 0 for wrong");

    private readonly Option<string?> _routing = ChoiceOption.Create<SelectionRouting>(
        "--routing", "How selection samples are routed in the search; membership needs their dynamics (train --selection-dynamics)");

    private readonly Option<int?> _gridLevels = new("--grid-levels")
    {
        Description =
            "G of 2 to 200: α and β (and a cascade's thresholds) are searched at the quantiles k/G of what they cut (default: 20).",
    };

    private readonly Option<bool?> _noTemperatures = new("--no-temperatures")
    {
        Description = "Compare the exits' confidences as they are, as in the papers (default: each exit's temperature is fitted).",
    };

    private readonly Option<bool?> _noStack = new("--no-stack")
    {
        Description = "Take each exit as it is (default: a ladder's exits are combined with those passed before them).",
    };

    private readonly Option<string?> _score = ChoiceOption.Create<ScoreKind>(
        "--score",
        "What a ladder's thresholds cut: a learned probability to agree with the stacked cloud (with two classes the confidence), "
        + "or the stops' stacked confidences");

    private readonly Option<string?> _thresholds = ChoiceOption.Create<ThresholdSearch>(
        "--thresholds",
        "How a ladder's thresholds are searched: families, in which the price of a loss moves all of a path together, "
        + "or a grid of every combination of their quantiles");

    private readonly Option<string?> _entry = ChoiceOption.Create<EntryKind>(
        "--entry", "What a hybrid's first choice looks at: exit 0, or μ and σ as e(x) predicts them too");

    private readonly Option<string?> _resume = ChoiceOption.Create<ResumeRoute>(
        "--resume", "How a tier goes on from the hidden state of another: that tier sends it, the client carries it, or not at all");

    private readonly Option<string?> _reference = ChoiceOption.Create<DropReference>(
        "--reference",
        "Against whom --max-drop is measured for policies that look at exit 0: the better of cloud and stacked cloud, or the cloud");

    private readonly Option<int?> _halvings = new("--halvings")
    {
        Description = "0 to 100 times the selection part is halved to see what plans lose on samples that had no say in them; "
            + "policies that are held to the stacked cloud are asked for so much less, but ladders of families (default: 3).",
    };

    private readonly Option<double?> _margin = new("--margin")
    {
        Description = "0 to 10 standard errors by which the drop of a ladder of families has to be below --max-drop on the selection part "
            + "(default: 0.5).",
    };

    private readonly Option<string?> _hiddenStates = ChoiceOption.Create<HiddenStateFormat>(
        "--hidden-states", "In what numbers hidden states travel where the plan has a tier go on from another's");

    private readonly Option<bool?> _compress = new("--compress")
    {
        Description = "Compress the requests that bring hidden states (default: not).",
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "Seeds the random policy (default: 0)." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _maxDrop, _exit, _includeCi, _burnOut, _hard, _normalization, _reward, _routing, _gridLevels, _noTemperatures,
            _noStack, _score, _thresholds, _entry, _resume, _reference, _halvings, _margin, _hiddenStates, _compress, _seed,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>The option of the drop that is allowed.</summary>
    public Option MaxDropOption => _maxDrop;

    /// <summary>The drop that a call allows; null where it names none.</summary>
    public double? MaxDrop(ParseResult parsed) => parsed.GetValue(_maxDrop);

    /// <summary>The choices of a call.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="given">The plan that the call names; null for none.</param>
    /// <param name="errors">Gets what is wrong with them.</param>
    /// <returns>The choices; where something is wrong with them the defaults, so that what else there is can be checked.</returns>
    public PlanChoices Of(ParseResult parsed, Plan? given, InputErrors errors)
    {
        var atFirst = errors.Count;
        var own = PlanChoices.Of(given);
        var before = own.Options;
        var options = before with
        {
            MaxDrop = parsed.GetValue(_maxDrop) ?? before.MaxDrop,
            Hard = ChoiceOption.Value(parsed, _hard, before.Hard, errors),
            Embedding = ChoiceOption.Value(parsed, _normalization, before.Embedding, errors),
            Reward = ChoiceOption.Value(parsed, _reward, before.Reward, errors),
            Routing = ChoiceOption.Value(parsed, _routing, before.Routing, errors),
            GridLevels = parsed.GetValue(_gridLevels) ?? before.GridLevels,
            FitTemperatures = parsed.GetValue(_noTemperatures) is { } off ? !off : before.FitTemperatures,
            Stack = parsed.GetValue(_noStack) is { } plain ? !plain : before.Stack,
            Score = ChoiceOption.Value(parsed, _score, before.Score, errors),
            Thresholds = ChoiceOption.Value(parsed, _thresholds, before.Thresholds, errors),
            Entry = ChoiceOption.Value(parsed, _entry, before.Entry, errors),
            Resume = ChoiceOption.Value(parsed, _resume, before.Resume, errors),
            Reference = ChoiceOption.Value(parsed, _reference, before.Reference, errors),
            Halvings = parsed.GetValue(_halvings) ?? before.Halvings,
            Margin = parsed.GetValue(_margin) ?? before.Margin,
            HiddenStateFormat = ChoiceOption.Value(parsed, _hiddenStates, before.HiddenStateFormat, errors),
            CompressHiddenStates = parsed.GetValue(_compress) ?? before.CompressHiddenStates,
            Seed = parsed.GetValue(_seed) ?? before.Seed,
        };
        var metrics = Metrics(parsed, own.Metrics, errors);
        options.Validate(errors);
        metrics.Options.Validate(errors);
        return errors.Count == atFirst ? new PlanChoices(options, metrics) : PlanChoices.Default;
    }

    private MetricsChoice Metrics(ParseResult parsed, MetricsChoice before, InputErrors errors)
    {
        var metrics = before with
        {
            Options = new CartographyOptions
            {
                IncludeCi = parsed.GetValue(_includeCi) ?? before.Options.IncludeCi,
                BurnOut = parsed.GetValue(_burnOut) ?? before.Options.BurnOut,
            },
        };
        switch (parsed.GetValue(_exit))
        {
            case null:
                return metrics;
            case OwnExit:
                return metrics with { Exit = null, IsOwn = true };
            case var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var exit):
                return metrics with { Exit = exit, IsOwn = false };
            case var text:
                errors.Add($"{_exit.Name} {text}", "names no exit", $"give the number of a layer, or {OwnExit}");
                return metrics;
        }
    }
}
