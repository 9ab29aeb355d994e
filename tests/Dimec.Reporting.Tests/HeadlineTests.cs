using Dimec.Evaluation;
using Dimec.Evaluation.Gains;

namespace Dimec.Reporting.Tests;

public class HeadlineTests
{
    [Theory]
    [InlineData(0.30, "pools saves 20.0 % of the cloud's cost beyond exit 0 on the phone and the cloud for the rest")]
    [InlineData(0.498, "No gain: pools only matches exit 0 on the phone and the cloud for the rest")]
    [InlineData(0.60, "No gain: pools saves less than exit 0 on the phone and the cloud for the rest")]
    public void A_plan_that_only_matches_phone_to_cloud_is_no_gain(double saved, string verdict)
    {
        var document = MadeReport.Evaluation(null, ("pools", [0.5, 0.1, 0.4], 0));
        EvaluationDocument With(double reduction) => document with
        {
            Policies = [.. document.Policies.Where(row => row.Name is not ("edge" or "mobile")).Select(row => row.Name == "pools"
                ? row with { Reduction = 0.5, BeyondPhoneCloud = new RivalGain("phone-cloud", reduction, 0, 0.5 - reduction) }
                : row)],
        };
        var headline = Headline.Of(With(saved), "pools");
        Assert.StartsWith(verdict, headline.Verdict, StringComparison.Ordinal);
        Assert.Equal(("phone-cloud", "cloud"), (headline.Rival, headline.BestSingle.Name));
        Assert.Equal(saved < 0.4, headline.Gain.IsGain);
    }

    [Fact]
    public void A_gain_is_measured_against_the_best_single_tier()
    {
        // pools: 0.31 · 2 + 0.62 · 5 + 0.07 · 9 = 4.35, so 1 − 4.35 / 9 = 51.7 %; edge only: 1 − 5 / 9 = 44.4 %.
        var headline = Headline.Of(MadeReport.Evaluation(), "pools");
        Assert.True(headline.Gain.IsGain);
        Assert.Equal("edge", headline.BestSingle.Name);
        Assert.Equal((5 - 4.35) / 9, headline.Gain.Beyond, 12);
        Assert.StartsWith(
            "pools saves 7.2 % of the cloud's cost beyond the best single tier, edge only (44.4 % saved, drop −0.1)", headline.Sentence);
        Assert.Contains("saves 51.7 % at a drop of 0.1 [−0.4, 0.7] points (dev, n = 872)", headline.Sentence);
    }

    [Fact]
    public void A_plan_that_sends_nearly_all_to_one_tier_is_degenerate()
    {
        var headline = Headline.Of(MadeReport.Evaluation(null, ("pools", [0.03, 0.96, 0.01], 0)), "pools");
        Assert.False(headline.Gain.IsGain);
        Assert.Equal("edge", headline.Gain.DegenerateTier);
        Assert.StartsWith("No gain: the pools plan is degenerate, it sends 96.0 % of the samples to edge", headline.Sentence);
    }

    [Fact]
    public void A_plan_that_only_matches_a_tier_is_no_gain()
    {
        var headline = Headline.Of(MadeReport.Evaluation(null, ("pools", [0.1, 0.82, 0.08], 0)), "pools");
        Assert.False(headline.Gain.IsGain);
        Assert.StartsWith("No gain: pools only matches the best single tier, edge only", headline.Sentence);
    }

    [Fact]
    public void A_plan_that_saves_less_than_a_tier_says_so()
    {
        var headline = Headline.Of(MadeReport.Evaluation(null, ("pools", [0.1, 0.5, 0.4], 0)), "pools");
        Assert.True(headline.Gain.Beyond < 0);
        Assert.StartsWith("No gain: pools saves less than the best single tier, edge only", headline.Sentence);
    }

    [Fact]
    public void A_tier_within_the_drop_that_was_asked_for_counts_although_it_drops_more_than_the_plan()
    {
        var document = MadeReport.Evaluation(null, ("edge", [0, 1, 0], 0.004));
        var alone = Headline.Of(document, "pools");
        Assert.Equal("cloud", alone.BestSingle.Name);
        Assert.Equal("pools saves 51.7 % of the cost of cloud only, and no cheaper tier alone stays within the drop", alone.Verdict);
        Assert.Equal("edge", Headline.Of(document, "pools", 0.005).BestSingle.Name);
    }

    [Fact]
    public void A_drop_beyond_what_was_asked_for_is_named()
    {
        var over = Headline.Of(MadeReport.Evaluation(null, ("pools", [0.3, 0.6, 0.1], 0.017)), "pools", 0.005);
        Assert.EndsWith("which is more than the 0.5 points that were asked for.", over.Sentence);
        var unsure = Headline.Of(MadeReport.Evaluation(), "pools", 0.005);
        Assert.EndsWith("its interval does not rule out more than the 0.5 points that were asked for.", unsure.Sentence);
        var sure = Headline.Of(MadeReport.Evaluation(), "pools", 0.02);
        Assert.EndsWith(", within the 2.0 points that were asked for.", sure.Sentence);
        // As printed, both would be 0.5; and 0.05 are not 0.1.
        Assert.EndsWith(
            "which is a little more than the 0.5 points that were asked for.",
            Headline.Of(MadeReport.Evaluation(null, ("pools", [0.3, 0.6, 0.1], 0.0052)), "pools", 0.005).Sentence);
        Assert.EndsWith(
            "which is more than the 0.05 points that were asked for.",
            Headline.Of(MadeReport.Evaluation(null, ("pools", [0.3, 0.6, 0.1], 0.0052)), "pools", 0.0005).Sentence);
    }

    [Fact]
    public void A_policy_that_saves_more_within_the_same_limit_is_named()
    {
        var degenerate = MadeReport.Evaluation(null, ("pools", [0, 0, 1], 0));
        Assert.EndsWith(
            "Within the same limit, cascade saves 36.7 % at a drop of −0.2 [−0.8, 0.4] points.",
            Headline.Of(degenerate, "pools", 0.005).Sentence);
        // The oracle saves more and cannot be had; a cascade beyond the limit is no answer either; nor is one that saves no more.
        var beyond = MadeReport.Evaluation(null, ("pools", [0, 0, 1], 0), ("cascade", [0.42, 0.39, 0.19], 0.006));
        Assert.DoesNotContain("Within the same limit", Headline.Of(beyond, "pools", 0.005).Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Within the same limit", Headline.Of(MadeReport.Evaluation(), "pools", 0.005).Sentence, StringComparison.Ordinal);
        // Nor is a policy that no tier can serve.
        var bandit = degenerate with
        {
            Policies =
            [
                .. degenerate.Policies,
                degenerate.Policies.Single(row => row.Name == "cascade") with { Name = "splitee", Reduction = 0.9 },
            ],
        };
        Assert.Contains("Within the same limit, cascade saves", Headline.Of(bandit, "pools", 0.005).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_tier_as_plan_is_no_gain_from_routing()
    {
        var headline = Headline.Of(MadeReport.Evaluation(), "edge");
        Assert.False(headline.Gain.IsGain);
        Assert.StartsWith("No gain from routing: the plan is one tier, edge, for every sample", headline.Sentence);
    }

    [Fact]
    public void A_row_that_lacks_is_named()
    {
        var error = Assert.Throws<InputException>(() => Headline.Of(MadeReport.Evaluation(), "nothing"));
        Assert.Contains("has no row 'nothing'", error.Message);
    }
}
