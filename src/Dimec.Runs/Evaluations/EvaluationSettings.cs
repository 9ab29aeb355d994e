using Dimec.Evaluation.Tallies;
using Dimec.Predictions;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Evaluations;

/// <summary>What is evaluated of a run, and how.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Each halving plans twice; beyond so many the mean does not move any more.</summary>
    private const int MostHalvings = 1000;

    /// <summary>The part that is reported: one of <see cref="EvaluationInputs.Parts"/>.</summary>
    public string Part { get; init; } = PartNames.Dev;

    /// <summary>A cost file; null for the plan's costs, or else the default structure at the run's exits.</summary>
    public string? Costs { get; init; }

    /// <summary>
    /// The open choices of the policies that are planned anew; null for those of the plan that is evaluated, or else the defaults.
    /// </summary>
    public PlanChoices? Choices { get; init; }

    /// <summary>Over how many halvings of the part it is cross-fitted as well, 1 to 1000; null for none.</summary>
    public int? Halvings { get; init; }

    /// <summary>A published tally that is made as well.</summary>
    public PublishedTally Tally { get; init; }

    /// <summary>Adds whatever is out of range.</summary>
    /// <param name="errors">Gets it.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (Halvings is < 1 or > MostHalvings)
        {
            errors.Add(
                OptionNames.Of<EvaluationSettings>(nameof(Halvings)), $"is {Halvings}", $"give 1 to {MostHalvings} halvings");
        }
    }
}
