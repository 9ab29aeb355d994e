using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Tests.Policies;

namespace Dimec.Tests.Evaluation.Gains;

/// <summary>What rows of an evaluation save beyond the best single tier and beyond phone → cloud, on the evaluated samples.</summary>
public class EvaluatedGainsTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero(2);

    [Fact]
    public void Phone_to_cloud_is_its_cheapest_threshold_within_the_same_drop() =>
        Gen.Select(s_parts, s_parts, Gen.Int[-2, 12].Select(step => 0.0013 + (0.025 * step))).Sample(
            (selection, dev, maxDrop) =>
            {
                var document = Evaluate(selection, dev, maxDrop);
                foreach (var row in document.Policies)
                {
                    var isStacked = row.Reference == "stacked-cloud";
                    var drop = isStacked ? row.StackedDrop!.Value : row.Drop;
                    var reference = row.Accuracy + drop;
                    // Every threshold between two confidences of the selection part, and both ends.
                    double? cheapest = row.Name == "phone-cloud" ? null : Thresholds(selection)
                        .Select(threshold => PhoneCloud(dev, threshold))
                        .Where(point => reference - point.Accuracy <= Math.Max(drop, maxDrop) + 1e-9)
                        .Min(point => (double?)point.Cost);
                    Assert.Equal(cheapest is null, row.BeyondPhoneCloud is null);
                    if (cheapest is { } cost)
                        Assert.Equal((cost - row.Cost) / 9, row.BeyondPhoneCloud!.Beyond, 1e-9);
                }
            },
            iter: 40);

    [Fact]
    public void Exit_zero_alone_and_the_stacked_cloud_are_single_tiers() => Gen.Select(s_parts, s_parts).Sample(
        (selection, dev) =>
        {
            var document = Evaluate(selection, dev, 0.05);
            foreach (var row in document.Policies)
            {
                var isStacked = row.Reference == "stacked-cloud";
                var best = document.Policies
                    .Where(other => other.Name is "mobile" or "edge" or "cloud" or "ngram" or "stacked-cloud" && other.Name != row.Name)
                    .Where(other => other.DropOf(isStacked) <= Math.Max(row.DropOf(isStacked), 0.05))
                    .MinBy(other => other.Cost);
                Assert.Equal(best?.Cost, row.BeyondSingle is { } gain ? (1 - gain.Reduction) * 9 : null, (one, other) =>
                    one is null ? other is null : Math.Abs(one.Value - other!.Value) < 1e-9);
            }
        },
        iter: 40);

    [Fact]
    public void A_document_with_gains_reads_back_as_it_was() => Gen.Select(s_parts, s_parts).Sample(
        (selection, dev) =>
        {
            var document = Evaluate(selection, dev, 0.05);
            var text = TextFiles.Written(document.Write);
            var again = EvaluationDocument.Read(TextFiles.Stream(text), "evaluation.json");
            Assert.Equal(text, TextFiles.Written(again.Write));
            Assert.Equal(document.Policies.Select(row => row.BeyondPhoneCloud), again.Policies.Select(row => row.BeyondPhoneCloud));
            Assert.Equal(document.Policies.Select(row => row.BeyondSingle), again.Policies.Select(row => row.BeyondSingle));
        },
        iter: 5);

    private static EvaluationDocument Evaluate(RecordedExits selection, RecordedExits dev, double maxDrop)
    {
        var request = new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Options = new PlanningOptions { MaxDrop = maxDrop, GridLevels = 4 },
        };
        return Evaluator.Evaluate(new Planner(request).PlanAll(), dev, s_costs, new EvaluationOptions { BootstrapDraws = 100 });
    }

    private static (double Cost, double Accuracy) PhoneCloud(RecordedExits part, double threshold)
    {
        var (cost, right) = (0.0, 0);
        for (var sample = 0; sample < part.Count; sample++)
        {
            var zero = ExitAnswer.Of(part.ZeroLogits(sample));
            var asks = zero.Confidence < threshold;
            cost += asks ? 9 : 0;
            right += (asks ? part.Answer(sample, part.IndexOfExit(6)) : zero).Label == part.Gold[sample] ? 1 : 0;
        }

        return (cost / part.Count, right / (double)part.Count);
    }

    /// <summary>Five quantiles of exit 0's confidences, the last moved above them all.</summary>
    private static IEnumerable<double> Thresholds(RecordedExits part)
    {
        double[] sorted = [.. Enumerable.Range(0, part.Count)
            .Select(sample => (double)ExitAnswer.Of(part.ZeroLogits(sample)).Confidence)
            .Order()];
        for (var k = 0; k <= 4; k++)
        {
            var place = (sorted.Length - 1) * (double)k / 4;
            var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
            var quantile = low + ((place - Math.Floor(place)) * (high - low));
            yield return k == 4 ? Math.BitIncrement(quantile) : quantile;
        }
    }
}
