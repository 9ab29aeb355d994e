using Dimec.Planning.Promises.Procedures;

namespace Dimec.Tests.Planning.Promises.Procedures;

public class PromiseProceduresTests
{
    [Theory]
    [InlineData("fixed-sequence", new[] { 0.01, 0.04, 0.2, 0.001 }, new[] { 0, 1 })]
    [InlineData("fixed-sequence", new[] { 0.06, 0.001 }, new int[0])]
    // Four sequences from 0, 1, 2 and 3, each at 0.0125.
    [InlineData("multi-start", new[] { 0.2, 0.012, 0.013, 0.001 }, new[] { 1, 3 })]
    // 0.001 ≤ 0.05 / 4, 0.012 ≤ 0.05 / 3, 0.026 > 0.05 / 2.
    [InlineData("bonferroni-holm", new[] { 0.026, 0.012, 0.2, 0.001 }, new[] { 1, 3 })]
    // Both halves say the same here, so the order is that of the p-values.
    [InlineData("split-sequence", new[] { 0.2, 0.012, 0.04, 0.001 }, new[] { 1, 2, 3 })]
    public void What_each_accepts(string name, double[] values, int[] accepted) =>
        Assert.Equal(accepted, PromiseProcedures.Find(name)!.Accepted(new Values(values), 0.05).Order());

    [Fact]
    public void Each_says_after_whom_it_is_made_and_has_a_name_of_its_own()
    {
        Assert.All(PromiseProcedures.All, procedure => Assert.NotEmpty(procedure.Source));
        Assert.Equal(PromiseProcedures.All.Count, PromiseProcedures.All.Select(procedure => procedure.Name).Distinct().Count());
        Assert.Null(PromiseProcedures.Find("bonferroni"));
    }

    /// <summary>Of 12 plans those from some place on break the promise, each tested by its own uniform p-value: the worst case.</summary>
    [Fact]
    public void A_plan_that_breaks_the_promise_is_accepted_no_oftener_than_delta()
    {
        const int draws = 20_000;
        var random = new Random(3);
        foreach (var procedure in PromiseProcedures.All)
        {
            foreach (var broken in new[] { 0, 3, 7 })
            {
                var wrong = Enumerable.Range(0, draws).Count(_ =>
                {
                    Values Draw() => new([.. Enumerable.Range(0, 12)
                        .Select(plan => plan < broken ? random.NextDouble() * 0.001 : random.NextDouble())]);
                    return procedure.Accepted(Draw() with { Other = Draw() }, 0.05).Any(plan => plan >= broken);
                });
                Assert.True(wrong <= draws * 0.0547, $"{procedure.Name} from {broken}: {wrong} of {draws}");
            }
        }
    }

    private sealed record Values(double[] P) : IPromiseTests
    {
        public Values? Other { get; init; }

        public int Count => P.Length;

        public double PValue(int plan) => P[plan];

        public (IPromiseTests First, IPromiseTests Second) Halves() => (this, Other ?? this);
    }
}
