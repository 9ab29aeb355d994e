using CsCheck;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Patience;

public class PatienceTests
{
    private static readonly int[] s_layers = [1, 2, 3, 4, 5, 6];

    [Theory]
    // The class stays at layer 2: one agreement, on the mobile, 2 layers.
    [InlineData(1, new[] { 0, 0, 1, 1, 1, 0 }, 0, 2.0, 0)]
    // Two agreements first at layer 5: mobile 2, edge anew 4 + 1, cloud anew 5 + 3.
    [InlineData(2, new[] { 0, 0, 1, 1, 1, 0 }, 2, 15.0, 1)]
    // Two agreements at layer 3: mobile 2, edge anew 3 + 1.
    [InlineData(2, new[] { 1, 1, 1, 0, 0, 0 }, 1, 6.0, 1)]
    // Never: the last exit answers after all work, 2 + 5 + 9.
    [InlineData(3, new[] { 0, 1, 0, 1, 0, 1 }, 2, 16.0, 1)]
    public void Worked_by_hand(int patience, int[] classes, int tier, double cost, int label)
    {
        var run = Published.Run("patience", new { patience, exits = s_layers }, Published.EachLayer(classes));
        Assert.Equal((tier, cost, label), (run.Tiers[0], run.Costs[0], run.Labels[0]));
    }

    [Fact]
    public void It_equals_its_restatement() => Gen.Select(Published.SixLayers(), Gen.Int[1, 5]).Sample((part, patience) =>
    {
        var run = Published.Run("patience", new { patience, exits = s_layers }, part);
        for (var i = 0; i < part.Count; i++)
        {
            var (stop, count) = (6, 0);
            for (var layer = 2; layer <= 6; layer++)
            {
                count = Label(layer) == Label(layer - 1) ? count + 1 : 0;
                if (count == patience)
                {
                    stop = layer;
                    break;
                }
            }

            int Label(int layer) => Softmax.ArgMax(part.Logits(i, layer - 1));
            Assert.Equal(Label(stop), run.Labels[i]);
            Assert.Equal(new[] { 0, 1, 2, 6, 7, 15, 16 }[stop], run.Costs[i]);
        }
    });

    [Fact]
    public void It_asks_for_an_exit_at_each_layer()
    {
        var fitter = FitterList.Default.Find("patience", Published.Costs, "policy");
        var fitting = new PolicyFitting(new SelectionPart(RandomExits.Gen().Single()), Published.Costs, new FittingOptions());
        Assert.Contains("train with Exits 1,2,3,4,5,6", fitter.Lack(fitting)!.Fix);
        Assert.Empty(fitter.Fit(fitting));
    }

    [Fact]
    public void A_part_without_one_of_its_exits_is_named() =>
        Assert.Contains("has no exit at layer 1", TextFiles.Error(() => Published.Run(
            "patience", new { patience = 1, exits = s_layers }, Published.Exits([2, 4, 6], (0, 0.9), (0, 0.9), (0, 0.9)))).Problem);

    [Fact]
    public void Layers_are_run_on_the_cheapest_tier_that_holds_them()
    {
        // A mobile whose layers are dear: every layer is cheaper on the edge.
        var costs = new CostStructure("ms", [new("mobile", 2, 10, 0), new("edge", 4, 1, 1), new("cloud", 6, 1, 3)], []);
        var run = Published.Run("patience", new { patience = 1, exits = s_layers }, Published.EachLayer(0, 0, 0, 0, 0, 0), costs);
        Assert.Equal((1, 3.0), (run.Tiers[0], run.Costs[0]));
    }

    [Theory]
    [InlineData(0, new[] { 1, 2, 3, 4, 5, 6 }, "patience")]
    [InlineData(1, new[] { 1, 2, 3, 4, 5 }, "exits")]
    [InlineData(1, new[] { 2, 1, 6 }, "exits")]
    public void Wrong_parameters_name_the_key(int patience, int[] exits, string key) =>
        Assert.Equal(
            $"plan parameters.{key}",
            TextFiles.Error(() => Published.Run("patience", new { patience, exits }, Published.EachLayer(0, 0, 0, 0, 0, 0))).Where);
}
