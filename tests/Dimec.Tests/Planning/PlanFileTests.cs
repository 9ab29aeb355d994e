using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies.Cascade;

namespace Dimec.Tests.Planning;

public class PlanFileTests
{
    private static readonly Plan s_plan = new()
    {
        Factory = new CascadeFactory(),
        Parameters = new CascadeParameters([0.9, 0.8]),
        Costs = CostStructure.Default([2, 4, 6]),
        Promise = new PlanPromise(
            0.95, 500,
            [
                new PromisedClaim(PromiseLoss.Lost, 0.005, 0.004, "exact", PromiseScope.Exit)
                {
                    Lost = 1,
                    Gained = 2,
                    Group = new ClaimGroup(300, 1, 2),
                },
                new PromisedClaim(PromiseLoss.OverBudget, 0.05, 0.03, "exact", PromiseScope.All) { MaxCost = 7 },
            ])
        {
            Reference = "stacked-cloud",
            Procedure = "fixed-sequence",
            Plans = 12,
            Cost = 3.25,
            Next = new NextPlan("ladder", 3, 700, 0.0061),
        },
        Expected = new ExpectedOutcome(
            0.9, 4.5, 0.5, -0.001, new Dictionary<string, double> { ["mobile"] = 0.5, ["edge"] = 0.25, ["cloud"] = 0.25 })
        {
            AnsweredAt = new Dictionary<int, double> { [0] = 0.25, [2] = 0.25, [4] = 0.25, [6] = 0.25 },
        },
        MadeFrom = new Dictionary<string, string> { ["predictions/selection.jsonl"] = "ab" },
        Notes = ["A note."],
    };

    [Fact]
    public void The_next_revision_says_in_whose_place_it_stands()
    {
        Assert.DoesNotContain("revision", TextFiles.Written(s_plan.Write), StringComparison.Ordinal);
        var next = s_plan.InPlaceOf(s_plan with { Revision = 4 }, "ab12");
        var text = TextFiles.Written(next.Write);
        var again = Plan.Read(TextFiles.Stream(text), "plan.json");
        Assert.Equal((5, "ab12"), (again.Revision, again.Previous));
        Assert.Equal(
            "plan.json revision",
            TextFiles.Error(() => Plan.Read(
                TextFiles.Stream(text.Replace("\"revision\": 5", "\"revision\": 0", StringComparison.Ordinal)), "plan.json")).Where);
    }

    [Theory]
    [InlineData("\"confidence\": 0.95", "\"confidence\": 1", "plan.json promise.confidence")]
    [InlineData("\"n\": 500", "\"n\": 0", "plan.json promise.n")]
    [InlineData("\"lost\": 1", "\"lost\": -1", "plan.json promise.n")]
    public void A_promise_that_cannot_be_is_refused(string before, string after, string where)
    {
        var text = TextFiles.Written(s_plan.Write);
        Assert.Contains(before, text, StringComparison.Ordinal);
        var index = text.IndexOf(before, StringComparison.Ordinal);
        text = text[..index] + after + text[(index + before.Length)..];
        Assert.Equal(where, TextFiles.Error(() => Plan.Read(TextFiles.Stream(text), "plan.json")).Where);
    }

    [Fact]
    public void A_plan_reads_back_as_it_was()
    {
        var text = TextFiles.Written(s_plan.Write);
        var again = Plan.Read(TextFiles.Stream(text), "plan.json");
        Assert.Equal(text, TextFiles.Written(again.Write));
        Assert.Equal(
            (s_plan.Promise!.Drop, s_plan.Promise.Claims[1], s_plan.Promise.Reference, s_plan.Expected.Drop, false),
            (again.Promise!.Drop, again.Promise.Claims[1], again.Promise.Reference, again.Expected.Drop,
                again.Needs.Embedding is not null));
        Assert.Equal(s_plan.MadeFrom, again.MadeFrom);
        Assert.Equal(s_plan.Promise.Next, again.Promise.Next);
    }

    [Fact]
    public void A_plan_that_says_nothing_of_shares_reads_too() => Assert.Empty(Plan.Read(
        TextFiles.Stream(TextFiles.Written((s_plan with
        {
            Expected = s_plan.Expected with { Shares = new Dictionary<string, double>() },
        }).Write)),
        "plan.json").Expected.Shares);

    [Fact]
    public void Without_a_promise_and_notes_it_reads_too()
    {
        var text = TextFiles.Written((s_plan with { Promise = null }).Write)
            .Replace("\"notes\": [\n    \"A note.\"\n  ]", "\"notes\": null", StringComparison.Ordinal);
        var again = Plan.Read(TextFiles.Stream(text), "plan.json");
        Assert.Null(again.Promise);
        Assert.Empty(again.Notes);
    }

    [Theory]
    [InlineData("\"policy\": \"cascade\"", "\"policy\": \"bandit\"", "plan.json policy")]
    [InlineData("\"policy\": \"cascade\"", "\"policy\": \"oracle\"", "plan.json policy")]
    [InlineData("\"mobile\": 0.9,", "", "plan.json parameters.thresholds")]
    [InlineData("\"accuracy\": 0.9", "\"accuracy\": \"good\"", "plan.json expected.accuracy")]
    [InlineData("\"mobile\": 0.5,", "", "plan.json expected.shares")]
    [InlineData("\"mobile\": 0.5,", "\"fog\": 0.5,", "plan.json expected.shares")]
    [InlineData("\"mobile\": 0.5,\n      \"edge\": 0.25", "\"mobile\": 1,\n      \"edge\": -0.25", "plan.json expected.shares")]
    [InlineData("\"0\": 0.25", "\"-1\": 0.25", "plan.json expected.answeredAt")]
    [InlineData("\"0\": 0.25", "\"0\": -0.25", "plan.json expected.answeredAt")]
    [InlineData("\"0\": 0.25", "\"02\": 0.25", "plan.json expected.answeredAt")]
    [InlineData("\"maxDrop\": 0.005,", "", "plan.json promise.maxDrop")]
    [InlineData("\"offload\": 1", "\"offload\": -1", "plan.json costs.tiers[1].offload")]
    [InlineData("\"format\": 1,\n  \"policy\"", "\"format\": 9,\n  \"policy\"", "plan.json format")]
    [InlineData("\"madeFrom\"", "\"madefrom\"", "plan.json madeFrom")]
    public void A_wrong_plan_names_the_key(string right, string wrong, string where) =>
        Assert.Equal(where, TextFiles.Errors(() => Plan.Read(
            TextFiles.Stream(TextFiles.Written(s_plan.Write).Replace(right, wrong, StringComparison.Ordinal)), "plan.json"))[0].Where);
}
