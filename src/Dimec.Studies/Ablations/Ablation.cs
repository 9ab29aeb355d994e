using Dimec.Evaluation;
using Dimec.Evaluation.Parts;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>Measures what the open choices of the method are worth.</summary>
public static class Ablation
{
    /// <summary>
    /// Plans a policy with every choice of every switch of <see cref="PlanSwitches"/> that is about it, one at a time, and reads each plan
    /// on the reported part. A policy for which the request lacks something is not measured, but that of pools has to be there.
    /// </summary>
    /// <param name="request">The default, against which each choice stands; it needs the training samples.
    /// A plan that is given is not looked at.</param>
    /// <param name="reported">The part to report on, with the true class of every sample known.</param>
    /// <param name="source">What choices need and the request does not hold.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">The default cannot be planned: the inputs do not fit, or lack what pools are fitted on.</exception>
    public static AblationRun Run(
        PlanRequest request, RecordedExits reported, IAblationSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reported);
        ArgumentNullException.ThrowIfNull(source);
        reported.RequireGold();
        PartFit.Check(request.Selection.Exits, reported, routes: true);
        var asked = request with { Given = null };
        var planners = new Dictionary<string, ChoicePlanner>
        {
            [PolicyList.Pools] = new(asked, reported, source, PolicyList.Pools),
        };
        var own = PlanSetting.Of(request);
        var choices = new List<MeasuredChoice>();
        foreach (var one in PlanSwitches.All)
        {
            foreach (var choice in one.Choices(request.Costs, source.Epochs))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var setting = choice.Apply(own);
                var (answers, reason) = Measure(one.Policy, setting);
                choices.Add(new MeasuredChoice(one.Option, choice.Name, setting == own, answers, reason));
            }
        }

        var cloud = PolicyRunner.Run(new SingleTierPolicy(request.Costs.Tiers.Count - 1), reported, request.Costs).Right(reported);
        return new AblationRun(reported.Part, reported.NamesHash(), request.Costs, request.Options.MaxDrop, reported.Gold, cloud, choices);

        (SampleAnswers? Answers, string? Reason) Measure(string policy, PlanSetting setting)
        {
            if (!planners.TryGetValue(policy, out var planner))
            {
                try
                {
                    planners[policy] = planner = new ChoicePlanner(asked, reported, source, policy);
                }
                catch (InputException lack)
                {
                    return (null, string.Join(' ', lack.Errors));
                }
            }

            return planner.Measure(setting);
        }
    }

    /// <summary>Compares two ways to train: what each exit of the one gets right of the same samples beside the other's.</summary>
    /// <param name="seeds">A pair of runs for each seed, at least one; all on the same samples.</param>
    /// <param name="options">The draws of the bootstrap and their seed.</param>
    /// <exception cref="InputException">A true class is unknown, or the runs were recorded on other samples or
    /// end at other layers.</exception>
    public static TrainingComparison Compare(IReadOnlyList<TrainingPair> seeds, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(seeds.Count);
        InputErrors.Check(options.Validate);
        return new TrainingComparer(seeds, options).Compare();
    }
}
