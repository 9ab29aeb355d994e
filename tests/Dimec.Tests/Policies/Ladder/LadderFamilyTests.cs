using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Ladder;

/// <summary>Families of ladders against a plain restatement, and what holds of the plans that come of them.</summary>
public class LadderFamilyTests
{
    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    [Fact]
    public void Each_price_gives_the_ladder_of_the_restatement() => Gen.Select(s_parts, Gen.Bool, Gen.Bool).Sample(
        (part, stacked, withWanted) =>
        {
            var options = new FittingOptions { Score = ScoreKind.Confidence };
            var stacks = new LadderStacks(part, options, deepest: 6);
            var path = new LadderPath([0, 2, 4, 6]);
            var wanted = withWanted ? part.Gold : [.. stacks.Of(stacked ? [0, 6] : [6]).Answers.Select(answer => answer.Label)];
            var family = new LadderFamily(path, stacks, withWanted ? wanted : null, stacked);
            double[] prices = [1e-4, 0.003, 0.02, 0.021, 0.3, 5];
            foreach (var route in LadderRoute.Of(path, Published.Costs, ResumeRoute.Forward))
            {
                var expected = Restated(part, stacks, wanted, stacked, route.Paid, prices);
                var members = family.At(route, prices).ToArray();
                foreach (var member in members)
                {
                    Assert.Contains(expected, one => Near(one.Thresholds, member.Thresholds)
                        && Math.Abs(one.Cost - member.Cost) < 1e-9 && Math.Abs(one.Risk - member.Risk) < 1e-9);
                }

                // One that is left out is that of the price before.
                Assert.All(expected, one => Assert.Contains(members, member => Near(one.Thresholds, member.Thresholds)));
            }
        },
        iter: 30);

    [Fact]
    public void All_end_at_the_last_exit_and_the_dearest_answers_as_it_does() => s_parts.Sample(
        part =>
        {
            var fitting = new PolicyFitting(new SelectionPart(part), Published.Costs, new FittingOptions());
            var candidates = new LadderFitter().Candidates(fitting);
            Assert.All(candidates, candidate => Assert.Equal(6, ((LadderParameters)candidate.Parameters).Stops[^1].Exit));
            Assert.Equal(candidates.OrderBy(candidate => candidate.Outcome!.Cost), candidates);
            var cloud = new LadderPolicy(StackedCloudFitter.Parameters(fitting));
            var differ = Labels(cloud).Zip(Labels(new LadderPolicy((LadderParameters)candidates[^1].Parameters)))
                .Count(pair => pair.First != pair.Second);
            Assert.True(differ <= 1 + (part.Count / 10), $"{differ} of {part.Count}");

            IReadOnlyList<int> Labels(LadderPolicy policy) => PolicyRunner.Run(policy, part, Published.Costs).Labels;
        },
        iter: 20);

    /// <summary>Sample by sample, without an order of samples; what is ahead is carried from price to price.</summary>
    private static List<(double[] Thresholds, double Cost, double Risk)> Restated(
        RecordedExits part, LadderStacks stacks, IReadOnlyList<int> wanted, bool stacked, IReadOnlyList<double> paid, double[] prices)
    {
        int[][] begun = [[0], [0, 2], [0, 2, 4]];
        var answers = begun.Select(exits => stacks.Of(exits).Answers).Append(stacks.Of(stacked ? [0, 6] : [6]).Answers).ToArray();
        var scores = begun.Select(exits => stacks.ScoreOf(exits).Scores).ToArray();
        var risks = scores.Select((stop, place) => StopRisk.Fit(
            stop, [.. answers[place].Select((answer, sample) => answer.Label == wanted[sample])])).ToArray();
        var lastRisk = answers[3].Select((answer, sample) => answer.Label == wanted[sample] ? 0 : 1).Average();
        double[] ahead = [paid[3] - paid[0], paid[3] - paid[1], paid[3] - paid[2]];
        var found = new List<(double[], double, double)>();
        foreach (var price in prices)
        {
            (double[] Thresholds, double Cost, double Risk) member = default;
            for (var rounds = found.Count == 0 ? 3 : 1; rounds > 0; rounds--)
            {
                double[] thresholds = [.. ahead.Select((left, stop) => risks[stop].ScoreAt(price * left))];
                int[] stops = [.. Enumerable.Range(0, part.Count).Select(sample =>
                    Enumerable.Range(0, 4).First(stop => stop == 3 || scores[stop][sample] >= thresholds[stop]))];
                member = (
                    thresholds, stops.Average(stop => paid[stop]),
                    stops.Select((stop, sample) => stop == 3 ? lastRisk : risks[stop].Of(scores[stop][sample])).Average());
                for (var stop = 0; stop < 3; stop++)
                {
                    double[] further = [.. stops.Where(end => end > stop).Select(end => paid[end] - paid[stop])];
                    ahead[stop] = further.Length == 0 ? ahead[stop] : further.Average();
                }
            }

            found.Add(member);
        }

        return found;
    }

    private static bool Near(double[] one, double[] other) => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
}
