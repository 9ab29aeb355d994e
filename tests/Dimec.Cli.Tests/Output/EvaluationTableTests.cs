using System.Text.Json;
using Dimec.Cli.Output;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Runs.Evaluations;
using Dimec.Statistics;

namespace Dimec.Cli.Tests.Output;

public class EvaluationTableTests
{
    [Fact]
    public void Eighty_columns_hold_a_line_a_policy_with_both_ends_of_its_intervals()
    {
        var screen = new Screen(width: 80);
        EvaluationTable.Write(screen.Console, Made("accuracy"));
        Assert.Equal(
            """
            dev, n = 1,500, at the planned costs: mobile 2, edge 5, cloud 9 layers a sample
            ────────────────────────────────────────────────────────────────────────────
             policy   saved        drop [95 %]  mobile/edge/    accuracy [95 %]    cost
                          %             points      cloud, %                  %  layers
            ─────────────────────────────────────────────────────────────────────────────
             cloud      0.0                  –       0/0/100  74.1 [71.8, 76.3]    9.00
             mobile    77.8  16.9 [14.9, 18.9]       100/0/0  57.1 [54.6, 59.7]    2.00
             cascade    9.4    0.3 [−0.3, 0.8]      20/55/25  73.8 [71.5, 76.0]    8.16
            ─────────────────────────────────────────────────────────────────────────────
            pools: not possible. No point of pools keeps the drop small.
            """.Split('\n').Select(line => line.StartsWith('─') ? new string('─', 77) : line),
            screen.Lines);
    }

    [Fact]
    public void The_same_stands_in_a_wide_window_and_in_a_file()
    {
        var (narrow, wide, file) = (new Screen(width: 80), new Screen(width: 120), new Screen(width: 1000, isTerminal: false));
        foreach (var screen in new[] { narrow, wide, file })
            EvaluationTable.Write(screen.Console, Made("accuracy"));
        Assert.Equal(narrow.Out, wide.Out);
        Assert.Equal(narrow.Out, file.Out);
    }

    [Theory]
    [InlineData("accuracy", 77)]
    [InlineData("matthews", 87)]
    public void Where_both_ends_have_no_room_the_longer_arm_stands_for_them(string metric, int needed)
    {
        for (var width = needed - 14; width < needed + 2; width++)
        {
            var screen = new Screen(width);
            EvaluationTable.Write(screen.Console, Made(metric));
            var row = screen.Lines.Single(line => line.StartsWith(" cascade", StringComparison.Ordinal));
            Assert.Equal(width >= needed, row.Contains("[−0.3, 0.8]", StringComparison.Ordinal));
            Assert.Equal(width < needed, row.Contains("0.3 ± 0.6", StringComparison.Ordinal));
            if (metric == "matthews")
                Assert.Contains("0.704", row, StringComparison.Ordinal);
            Assert.All(screen.Lines, line => Assert.InRange(line.Length, 1, width));
        }
    }

    [Fact]
    public void A_cost_that_is_small_in_its_unit_is_not_printed_as_nothing()
    {
        var screen = new Screen(width: 120);
        var made = Made("accuracy");
        var costs = new CostStructure("kWh", [new("mobile", 2, 1e-9, 0), new("edge", 4, 0, 0), new("cloud", 6, 1, 1e20)], []);
        EvaluationTable.Write(screen.Console, made with { Document = made.Document with { Costs = costs } });
        Assert.Equal("dev, n = 1,500, at the planned costs: mobile 2E−9, edge 0, cloud 1E+20 kWh a sample", screen.Lines[0]);
    }

    private static RunEvaluation Made(string metric)
    {
        var costs = CostStructure.Default([2, 4, 6]);
        PolicyEvaluation Row(
            string name, double[] shares, double accuracy, double cost, double drop, (double Low, double High) ends,
            (double Low, double High) of) => new(
                name, JsonDocument.Parse("{}").RootElement,
                costs.Tiers.Select((tier, t) => (tier.Name, shares[t])).ToDictionary(share => share.Name, share => share.Item2),
                accuracy, new Interval(of.Low, of.High), new Dictionary<string, double> { [metric] = 0.704 }, cost, 1 - (cost / 9), drop,
                new Interval(ends.Low, ends.High));
        var document = new EvaluationDocument("dev", 1500, costs,
        [
            Row("cloud", [0, 0, 1], 0.741, 9, 0, (0, 0), (0.718, 0.763)),
            Row("mobile", [1, 0, 0], 0.571, 2, 0.169, (0.149, 0.189), (0.546, 0.597)),
            Row("cascade", [0.2, 0.55, 0.25], 0.738, 8.157, 0.003, (-0.003, 0.008), (0.715, 0.760)),
        ])
        {
            NotPossible = [new ImpossiblePolicy("pools", "No point of pools keeps the drop small.")],
        };
        return new RunEvaluation("at the planned costs", document, []);
    }
}
