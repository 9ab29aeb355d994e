using System.CommandLine;
using Dimec.Planning.Promises;
using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Cli.Commands;

/// <summary>What a call asks a plan to promise, as options. One of them asks for a promise; without any there is none.</summary>
/// <param name="namesSamples">Whether the samples that test it are among the options.</param>
internal sealed class PromiseCall(bool namesSamples = true)
{
    private readonly Option<double?> _confidence = new("--confidence")
    {
        Description = "Promise what is asked for with this probability, tested on samples that had no say in the plan "
            + "(default: 0.95 where any option of a promise is given, else nothing is promised).",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A predictions file (of a table: another table) of samples like those that will be served, labelled or not, to test "
            + "the promise on (default: the calibration part).",
    };

    private readonly Option<double?> _minAccuracy = new("--min-accuracy")
    {
        Description = "Promise at least this accuracy, a fraction; with --max-drop both.",
    };

    private readonly Option<double?> _maxCost = new("--max-cost")
    {
        Description = "Promise that few samples cost more than this, in the costs' unit; alone, the most accurate plan is chosen.",
    };

    private readonly Option<double?> _overBudget = new("--over-budget")
    {
        Description = "The share of samples that may cost more than --max-cost (default: 0.05, so that it is the 95th percentile).",
    };

    private readonly Option<string?> _loss = new("--loss")
    {
        Description = "What counts against a promised drop: lost (the reference right and the plan wrong), paired (less what only the plan "
            + "has right) or differs (another answer, which needs no labels) (default: lost, without labels differs).",
    };

    private readonly Option<string?> _bound = new("--bound")
    {
        Description = $"The bound: {string.Join(" or ", RiskBounds.All.Select(bound => bound.Name))} (default: exact, for paired betting).",
    };

    private readonly Option<string?> _procedure = new("--procedure")
    {
        Description = "How one of several plans is tested: "
            + $"{string.Join(" or ", PromiseProcedures.All.Select(one => one.Name))} (default: {PromiseProcedures.All[0].Name}).",
    };

    private readonly Option<string?> _scope = ChoiceOption.Create<PromiseScope>(
        "--scope", "Of which samples the promise holds: of all together, of each class or of each early exit as well");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All =>
    [
        _confidence, .. namesSamples ? [_calibration] : (Option[])[], _minAccuracy, _maxCost, _overBudget, _loss, _bound, _procedure,
        _scope,
    ];

    /// <summary>The file that the call names; null for the calibration part.</summary>
    public string? Calibration(ParseResult parsed) => parsed.GetValue(_calibration);

    /// <summary>What is to be promised.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="maxDrop">The drop that the call allows; null where it names none.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <returns>Null where nothing is.</returns>
    public PromiseOptions? Of(ParseResult parsed, double? maxDrop, InputErrors errors) =>
        All.All(option => parsed.GetResult(option) is null) ? null : Of(parsed, maxDrop, new PromiseOptions(), errors);

    /// <summary>What is to be promised, whether or not the call asks for a promise.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="maxDrop">The drop that the call allows; null where it names none.</param>
    /// <param name="usual">What is promised where the call does not say otherwise.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public PromiseOptions Of(ParseResult parsed, double? maxDrop, PromiseOptions usual, InputErrors errors)
    {
        var (accuracy, cost) = (parsed.GetValue(_minAccuracy), parsed.GetValue(_maxCost));
        var options = usual with
        {
            Confidence = parsed.GetValue(_confidence) ?? usual.Confidence,
            MaxDrop = maxDrop ?? (accuracy is null && cost is null ? usual.MaxDrop : null),
            MinAccuracy = accuracy,
            MaxCost = cost,
            OverBudgetShare = parsed.GetValue(_overBudget) ?? usual.OverBudgetShare,
            Loss = parsed.GetValue(_loss) is null ? null : ChoiceOption.Value(parsed, _loss, PromiseLoss.Lost, errors),
            Bound = parsed.GetValue(_bound),
            Procedure = parsed.GetValue(_procedure) ?? usual.Procedure,
            Scope = ChoiceOption.Value(parsed, _scope, usual.Scope, errors),
        };
        options.Validate(errors);
        return options;
    }
}
