using Dimec.Cartography;

namespace Dimec.Tests.Cartography;

public class DynamicsLossTests
{
    [Fact]
    public void It_is_the_mean_cross_entropy_of_each_epoch()
    {
        // Equal logits cost ln 2; a gap of ln 3 gives the true class 3/4 or 1/4.
        var gap = Math.Log(3).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var first = Dynamics.Epoch(0, Dynamics.Row("1", 0, "0, 0", "1"), Dynamics.Row("2", 0, "5, 5", "0"));
        var second = Dynamics.Epoch(1, Dynamics.Row("1", 1, $"0, {gap}", "1"), Dynamics.Row("2", 1, $"0, {gap}", "0"));

        var losses = DynamicsLoss.Of([first, second]);

        Assert.Equal(2, losses.Count);
        Assert.Equal(Math.Log(2), losses[0], 12);
        Assert.Equal((Math.Log(4.0 / 3) + Math.Log(4)) / 2, losses[1], 12);
    }

    [Fact]
    public void A_logit_that_saturates_the_softmax_has_a_finite_loss() =>
        Assert.Equal(2000, DynamicsLoss.Of([Dynamics.Epoch(0, Dynamics.Row("1", 0, "1000, -1000", "1"))])[0], 9);

    [Fact]
    public void An_empty_epoch_is_named() =>
        Assert.Contains("dynamics_epoch_0.jsonl", Assert.Throws<InputException>(() => DynamicsLoss.Of([Dynamics.Epoch(0)])).Message);
}
