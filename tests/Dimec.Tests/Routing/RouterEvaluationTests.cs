using System.Text.Json;
using Dimec.Evaluation;
using Dimec.Routing;

namespace Dimec.Tests.Routing;

public class RouterEvaluationTests
{
    [Fact]
    public void Single_tiers_stand_beside_the_frontier()
    {
        var evaluation = RouterEvaluation.Of(MadeRouter.Read(MadeRouter.Ten), ScoreDirection.Strong, plan: null, new EvaluationOptions());
        Assert.Equal(["small", "large"], evaluation.Tiers.Select(tier => tier.Name));
        Assert.Equal([0.4, 0.8], evaluation.Tiers.Select(tier => tier.Accuracy!.Value.Value));
        Assert.Equal([0.9, 0], evaluation.Tiers.Select(tier => Math.Round(tier.Reduction, 9)));
        // Of n = 10: P(X ≥ 4) is 0.025 at the one, and P(X ≤ 4) at the other.
        Assert.Equal(0.1215523, evaluation.Tiers[0].Accuracy!.Value.Interval.Lower, 1e-6);
        Assert.Equal(0.7376219, evaluation.Tiers[0].Accuracy!.Value.Interval.Upper, 1e-6);
        Assert.Equal(0.4, evaluation.Tiers[0].Drop!.Value.Value, 1e-12);
        Assert.Equal(default, evaluation.Tiers[1].Drop!.Value.Interval);

        using var stream = new MemoryStream();
        evaluation.Write(stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(11, json.RootElement.GetProperty("frontier").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("measures").ValueKind);
    }

    [Fact]
    public void Without_labels_there_is_nothing_to_report() => Assert.Contains(
        "says of no answer whether it is right",
        Assert.Throws<InputException>(() => RouterEvaluation.Of(
            MadeRouter.Of(10, 2, seed: 1, labelled: false), ScoreDirection.Strong, plan: null, new EvaluationOptions())).Message,
        StringComparison.Ordinal);
}
