using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Planning.Promises.Procedures;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Statistics.Bounds;

namespace Dimec.Tests.Planning.Promises;

public class PromisePlannerTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);
    private static readonly RecordedExits s_selection = MadeTraffic.Of(PartNames.Selection, 1500, seed: 1);

    [Theory]
    [InlineData(true, "lost")]
    [InlineData(false, "differs")]
    public void The_plan_is_cheaper_than_the_reference_and_says_what_it_promises(bool labelled, string loss)
    {
        var kept = Assert.IsType<PromiseOutcome.Kept>(Plan(Calibration(4000, labelled)));
        var promise = kept.Plan.Promise!;
        var drop = promise.Drop!;
        Assert.Equal(
            (loss, 0.01, 0.95, 4000, "exact", "fixed-sequence"),
            (ChoiceNames.Of(drop.Loss), drop.Limit, promise.Confidence, promise.N, drop.Method, promise.Procedure));
        Assert.InRange(drop.Bound, drop.Lost!.Value / 4000.0, 0.01);
        Assert.Equal(kept.Chain.Reference.Policy, promise.Reference);
        Assert.True(promise.Cost < s_costs.Cloud);
        // The bound is that of so many losses, and nobody else's.
        Assert.Equal(new ExactBound().Upper(LossTally.Of(4000, drop.Lost.Value), 0.05), drop.Bound, 1e-9);
        Assert.StartsWith("Promised with 95.0 % confidence: ", PromiseWords.Of(promise, "layers"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_counted_is_what_the_plan_does_on_the_calibration_part()
    {
        var part = Calibration(3000, labelled: false);
        var kept = Assert.IsType<PromiseOutcome.Kept>(Plan(part));
        var labels = PolicyRunner.Run(kept.Plan.CreatePolicy(), part.Exits, s_costs);
        var reference = PolicyRunner.Run(
            kept.Chain.Reference.Fitter.Policy.Create(kept.Chain.Reference.Parameters, s_costs), part.Exits, s_costs).Labels;
        Assert.Equal(labels.Labels.Zip(reference).Count(pair => pair.First != pair.Second), kept.Plan.Promise!.Drop!.Lost);
        Assert.Equal(labels.MeanCost, kept.Plan.Promise.Cost);
    }

    [Fact]
    public void The_next_cheaper_plan_is_named_with_what_would_show_it()
    {
        var part = Calibration(4000, labelled: true);
        var kept = Assert.IsType<PromiseOutcome.Kept>(Plan(part));
        var tests = kept.Chain.On(part.Exits);
        // The first that is not shown: before it all are.
        var place = Enumerable.Range(0, tests.Count).First(plan => tests.PValue(plan) > 0.05);
        var lost = tests.Tally(place, 0);
        var next = kept.Plan.Promise!.Next!;
        Assert.Equal((kept.Chain.Candidates[place].Policy, tests.MeanCost(place)), (next.Policy, next.Cost));
        Assert.True(next.Cost < kept.Plan.Promise.Cost);
        Assert.Equal(new ExactBound().Upper(lost, 0.05), next.Attainable, 1e-9);
        Assert.Equal(new ExactBound().Needed(lost, 0.01, 0.05), next.Needed);
        var run = PolicyRunner.Run(kept.Chain.Candidates[place].Fitter.Policy.Create(
            kept.Chain.Candidates[place].Parameters, s_costs), part.Exits, s_costs);
        Assert.Equal(run.MeanCost, next.Cost);
        var other = new PromiseCandidate(
            kept.Chain.Candidates[place].Fitter, kept.Chain.Candidates[place].Parameters, kept.Chain.Candidates[place].Request);
        Assert.Equal(tests.Losses(place, 0), kept.Chain.On(part.Exits, [other]).Losses(0, 0));
        Assert.Equal(lost.Plus, tests.Losses(place, 0).Sum(loss => loss));
    }

    [Fact]
    public void With_too_few_samples_the_reference_is_the_plan_and_it_says_how_many_would_do()
    {
        var outcome = Assert.IsType<PromiseOutcome.NotPossible>(Plan(Calibration(100, labelled: false)));
        Assert.Equal(outcome.Chain.Reference.Policy, outcome.Plan.Policy);
        Assert.Null(outcome.Plan.Promise);
        Assert.Equal(299, outcome.Needed);
        Assert.InRange(outcome.Attainable[0], 0.029, 0.03);
        Assert.Contains("n = 100", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("about 299 samples", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(outcome.Reason, outcome.Plan.Notes[0]);
    }

    [Fact]
    public void Of_each_exit_and_each_class_less_is_promised_than_of_all_together()
    {
        double Cost(PromiseScope scope) => ((PromiseOutcome.Kept)Plan(
            Calibration(6000, labelled: true), new PromiseOptions { MaxDrop = 0.02, Scope = scope })).Plan.Promise!.Cost!.Value;
        var all = Cost(PromiseScope.All);
        Assert.True(Cost(PromiseScope.Class) >= all);
        Assert.True(Cost(PromiseScope.Exit) >= all);
    }

    [Fact]
    public void What_was_gained_and_the_group_that_the_bound_is_of_are_in_the_promise()
    {
        PromisedClaim Drop(PromiseOptions options) =>
            ((PromiseOutcome.Kept)Plan(Calibration(6000, labelled: true), options)).Plan.Promise!.Drop!;
        var paired = Drop(new PromiseOptions { MaxDrop = 0.02, Loss = PromiseLoss.Paired });
        Assert.Null(paired.Group);
        Assert.Equal(
            new BettingBound().Upper(LossTally.Signed(6000, paired.Lost!.Value, paired.Gained!.Value), 0.05), paired.Bound, 1e-9);
        var ofClasses = Drop(new PromiseOptions { MaxDrop = 0.03, Scope = PromiseScope.Class });
        Assert.Null(ofClasses.Gained);
        var group = ofClasses.Group!;
        Assert.InRange(group.N, 1, 5999);
        Assert.Equal(new ExactBound().Upper(LossTally.Of(group.N, group.Lost), 0.05), ofClasses.Bound, 1e-9);
    }

    [Fact]
    public void An_accuracy_and_a_budget_are_promised_too()
    {
        var part = Calibration(4000, labelled: true);
        var accuracy = Assert.IsType<PromiseOutcome.Kept>(Plan(part, new PromiseOptions { MaxDrop = null, MinAccuracy = 0.8 }));
        Assert.Equal(PromiseLoss.Wrong, accuracy.Plan.Promise!.Claims.Single().Loss);
        var right = PolicyRunner.Run(accuracy.Plan.CreatePolicy(), part.Exits, s_costs).Right(part.Exits).Count(isRight => isRight);
        Assert.Equal(4000 - right, accuracy.Plan.Promise.Claims[0].Lost);
        Assert.True(right / 4000.0 > 0.8);

        var budget = Assert.IsType<PromiseOutcome.Kept>(
            Plan(part, new PromiseOptions { MaxDrop = null, MaxCost = 5, OverBudgetShare = 0.1 }));
        var costs = PolicyRunner.Run(budget.Plan.CreatePolicy(), part.Exits, s_costs).Costs;
        Assert.Equal(costs.Count(cost => cost > 5 + 1e-6), budget.Plan.Promise!.Claims.Single().Lost);
        Assert.True(costs.Count(cost => cost > 5 + 1e-6) < 400);
    }

    [Fact]
    public void A_policy_that_lacks_something_is_refused_in_a_sentence()
    {
        var error = TextFiles.Error(() => PromisePlanner.Plan(
            [Request()], PolicyList.Pools, Calibration(500, labelled: true), new PromiseOptions { MaxDrop = 0.01 }));
        Assert.Contains("'pools' is fitted on the training samples", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_looks_at_what_the_samples_have_not_is_refused_in_a_sentence()
    {
        RecordedExits Part(string name, int embedding)
        {
            var builder = new RecordedExitsBuilder(name, [2, 4, 6], 2, embedding);
            for (var i = 0; i < 40; i++)
                builder.Add($"{name}{i}", i % 2, i % 2 == 0 ? [5, 0, 6, 0, 7, 0] : [0, 5, 0, 6, 0, 7], embedding == 0 ? [] : [i]);
            return builder.Build();
        }

        var request = new PlanRequest
        {
            Selection = new SelectionPart(Part("selection", 1)),
            Costs = s_costs,
            Training = RandomExits.Map([(0.2, 0.1), (0.9, 0.2)], 1, [0, 3]),
            Options = new PlanningOptions { FitTemperatures = false },
        };
        var error = TextFiles.Error(() => PromisePlanner.Plan(
            [request], PolicyList.Pools, new CalibrationPart(Part(PartNames.Calibration, 0)), new PromiseOptions { MaxDrop = 0.5 }));
        Assert.Equal("'pools' looks at e(x), which the calibration samples have not", error.Problem);
    }

    [Fact]
    public void Without_labels_no_accuracy_is_promised()
    {
        var error = TextFiles.Error(() => Plan(
            Calibration(500, labelled: false), new PromiseOptions { MaxDrop = null, MinAccuracy = 0.8 }));
        Assert.Contains("needs labels", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_had_a_say_in_the_plans_test_no_promise()
    {
        var same = new CalibrationPart(s_selection.Subset(PartNames.Calibration, [.. Enumerable.Range(0, 700)]));
        var error = TextFiles.Error(() => Plan(same));
        Assert.Contains("has 700 samples of the part 'selection', 's0' the first", error.Problem, StringComparison.Ordinal);
        Assert.Equal("predictions/calibration.jsonl", error.Where);
        Assert.Equal("served.jsonl", TextFiles.Error(() => Plan(new CalibrationPart(same.Exits, "served.jsonl"))).Where);
    }

    [Fact]
    public void Samples_that_had_a_say_are_noted_under_other_guids_too()
    {
        var fresh = Calibration(700, labelled: true);
        Assert.DoesNotContain(Noted(fresh), note => note.Contains("under other guids", StringComparison.Ordinal));
        var builder = new RecordedExitsBuilder(PartNames.Calibration, [.. s_selection.Exits], 2, 0);
        for (var i = 0; i < 700; i++)
        {
            builder.Add(
                $"other-{i}", s_selection.Gold[i], [.. Enumerable.Range(0, 3).SelectMany(exit => s_selection.Logits(i, exit).ToArray())],
                []);
        }

        var copied = builder.Build().WithExitZero(
            [.. Enumerable.Range(0, 700).SelectMany(i => s_selection.ZeroLogits(i).ToArray())]);
        Assert.Contains(Noted(new CalibrationPart(copied)), note => note.StartsWith(
            "700 of the 700 samples of predictions/calibration.jsonl say at every exit exactly what samples of the part 'selection' do",
            StringComparison.Ordinal));

        IReadOnlyList<string> Noted(CalibrationPart part) => Plan(part) switch
        {
            PromiseOutcome.Kept kept => kept.Plan.Notes,
            PromiseOutcome.NotPossible impossible => impossible.Plan.Notes,
            _ => [],
        };
    }

    [Fact]
    public void Another_models_record_tests_no_promise()
    {
        var builder = new RecordedExitsBuilder(PartNames.Calibration, [2, 6], 2, 0);
        builder.Add("a", 1, [1, 0, 1, 0], []);
        InputError[] errors = [.. Assert.Throws<InputException>(() => Plan(new CalibrationPart(builder.Build()))).Errors];
        Assert.Equal(2, errors.Length);
        Assert.Contains("2, 6 where the selection part has 2 at 2, 4, 6", errors[0].Problem, StringComparison.Ordinal);
        Assert.Contains("no exit 0", errors[1].Problem, StringComparison.Ordinal);
    }

    /// <summary>
    /// 40,000 samples are all that there is, so that what plans lose is known; 1,000 calibration parts are drawn from them. A promise is
    /// broken where the accepted plan loses more than was promised.
    /// </summary>
    [Theory]
    [InlineData(PromiseLoss.Differs, 0.01)]
    [InlineData(PromiseLoss.Lost, 0.01)]
    [InlineData(PromiseLoss.Paired, 0.005)]
    public void Promises_are_broken_no_oftener_than_delta(PromiseLoss loss, double limit)
    {
        const int draws = 1000;
        const int n = 1500;
        var everything = MadeTraffic.Of(PartNames.Dev, 40_000, seed: 9, prefix: "d");
        foreach (var policy in new[] { PolicyList.Any, "ladder", "cascade", "hybrid" })
        {
            var options = new PromiseOptions { MaxDrop = limit, Loss = loss };
            var chain = PromiseChain.Of([Request()], policy, options, PartContent.Of(everything));
            var tests = chain.On(everything);
            double[] lost = [.. Enumerable.Range(0, tests.Count).Select(plan => tests.Tally(plan, 0).Mean)];
            foreach (var procedure in PromiseProcedures.All)
            {
                var random = new Random(17);
                var broken = 0;
                for (var draw = 0; draw < draws; draw++)
                {
                    int[] samples = [.. Enumerable.Range(0, n).Select(_ => random.Next(everything.Count))];
                    var accepted = procedure.Accepted(tests.On(samples), options.Delta);
                    broken += accepted.Count > 0 && lost[accepted.Max()] > limit ? 1 : 0;
                }

                Assert.True(
                    broken <= draws * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / draws))), $"{policy}, {procedure.Name}: {broken} of {draws}");
            }
        }
    }

    /// <summary>The same of what each early exit answers: broken where any of them loses more than was promised.</summary>
    [Fact]
    public void Promises_of_each_exit_are_found_and_broken_no_oftener_than_delta()
    {
        const int draws = 500;
        const int n = 4000;
        var everything = MadeTraffic.Of(PartNames.Dev, 40_000, seed: 9, prefix: "d");
        var options = new PromiseOptions { MaxDrop = 0.02, Loss = PromiseLoss.Differs, Scope = PromiseScope.Exit };
        var chain = PromiseChain.Of([Request()], "ladder", options, PartContent.Of(everything));
        var tests = chain.On(everything);
        double[] worst = [.. chain.Candidates.Select((plan, place) =>
        {
            var exits = PolicyRunner.Run(plan.Fitter.Policy.Create(plan.Parameters, s_costs), everything, s_costs).Exits;
            return tests.Losses(place, 0).Zip(exits).Where(sample => sample.Second != 6).GroupBy(sample => sample.Second)
                .Select(group => group.Average(sample => sample.First))
                .Append(tests.Tally(place, 0).Mean)
                .Max();
        })];
        var random = new Random(17);
        var (found, broken) = (0, 0);
        for (var draw = 0; draw < draws; draw++)
        {
            int[] samples = [.. Enumerable.Range(0, n).Select(_ => random.Next(everything.Count))];
            var accepted = new FixedSequence().Accepted(tests.On(samples), options.Delta);
            found += accepted.Count > 0 ? 1 : 0;
            broken += accepted.Count > 0 && worst[accepted.Max()] > options.MaxDrop ? 1 : 0;
        }

        Assert.True(broken <= draws * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / draws))), $"{broken} of {draws} are broken");
        Assert.True(found >= 0.9 * draws, $"{found} of {draws} are found");
    }

    [Fact]
    public void With_ten_thousand_samples_a_plan_that_loses_a_tenth_of_what_is_allowed_is_found()
    {
        const int draws = 1000;
        var random = new Random(5);
        var found = Enumerable.Range(0, draws).Count(_ =>
        {
            var lost = new Dimec.Statistics.BinomialSampler(random).Next(10_000, 0.001);
            return new ExactBound().PValue(LossTally.Of(10_000, lost), 0.005) <= 0.05;
        });
        Assert.True(found >= 900, $"{found} of {draws}");
        // And through the whole of it.
        Assert.IsType<PromiseOutcome.Kept>(Plan(Calibration(10_000, labelled: true), new PromiseOptions { MaxDrop = 0.005 }));
    }

    private static PromiseOutcome Plan(CalibrationPart calibration, PromiseOptions? options = null) =>
        PromisePlanner.Plan([Request()], PolicyList.Any, calibration, options ?? new PromiseOptions { MaxDrop = 0.01 });

    private static PlanRequest Request() => new() { Selection = new SelectionPart(s_selection), Costs = s_costs };

    private static CalibrationPart Calibration(int n, bool labelled) =>
        new(MadeTraffic.Of(PartNames.Calibration, n, seed: 2, labelled, prefix: "c"));
}
