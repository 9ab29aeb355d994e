using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Cache;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Cache;

/// <summary>A text that came before gets the answer that it got then.</summary>
public class CacheTests
{
    [Fact]
    public void A_repeat_costs_nothing_and_has_the_first_one_s_answer()
    {
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 1, exitZero: true);
        builder.Add("a", 1, [3, 1, 0, 0, 0, 0, 0, 2], [0.5f]);
        builder.Add("b", 1, [3, 1, 0, 0, 0, 0, 1, 0], [0.5f]);
        // The same exit 0, another e(x); and the other way round.
        builder.Add("c", 0, [3, 1, 0, 0, 0, 0, 1, 0], [0.25f]);
        builder.Add("d", 0, [3, 2, 0, 0, 0, 0, 1, 0], [0.5f]);
        var part = builder.Build();
        var policy = new CacheFitter().CreateMeasured(NoParameters.Instance, Published.Costs, part, Published.Costs);
        var run = PolicyRunner.Run(policy, part, Published.Costs);
        Assert.Equal([9, 0, 9, 9], run.Costs);
        Assert.Equal([1, 1, 0, 0], run.Labels);
        Assert.Equal([6, 0, 6, 6], run.Exits);
    }

    [Fact]
    public void Without_exit_zero_no_text_is_known_again() => Assert.Contains("has no exit 0", new CacheFitter().Lack(
        new PolicyFitting(new SelectionPart(Published.SixLayers().Single()), Published.Costs, new FittingOptions()))!.Problem);
}
