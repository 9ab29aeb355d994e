using CsCheck;
using Dimec.Policies;

namespace Dimec.Tests.Policies;

/// <summary>Where samples are answered: exit 0 is taken out of the tier that computes it.</summary>
public class AnswerPlaceTests
{
    private static readonly Dictionary<string, double> s_shares = new() { ["mobile"] = 0.75, ["cloud"] = 0.25 };

    [Fact]
    public void Exit_zero_stands_before_the_tiers() => Assert.Equal(
        [new("exit 0", 0.5), new("mobile", 0.25), new("cloud", 0.25)],
        AnswerPlace.Of(s_shares, new Dictionary<int, double> { [0] = 0.5, [2] = 0.25, [6] = 0.25 }));

    [Fact]
    public void Without_exit_zero_or_where_nothing_is_known_they_are_the_tiers()
    {
        AnswerPlace[] tiers = [new("mobile", 0.75), new("cloud", 0.25)];
        Assert.Equal(tiers, AnswerPlace.Of(s_shares, new Dictionary<int, double>()));
        Assert.Equal(tiers, AnswerPlace.Of(s_shares, new Dictionary<int, double> { [2] = 0.75, [6] = 0.25 }));
    }

    [Fact]
    public void A_run_says_which_exit_answered() => Published.SixLayers().Sample(part =>
    {
        var run = Published.Run("patience", new { patience = 2, exits = new[] { 1, 2, 3, 4, 5, 6 } }, part);
        var answered = run.AnsweredAt();
        Assert.Equal(1, answered.Values.Sum(), 1e-9);
        Assert.All(run.Exits, (exit, sample) => Assert.Equal(
            part.Answer(sample, part.IndexOfExit(exit)).Label, run.Labels[sample]));
        Assert.All(answered, exit => Assert.Equal(run.Exits.Count(other => other == exit.Key) / (double)part.Count, exit.Value));
        Assert.Equal(answered.Keys.Order(), answered.Keys);
    });
}
