using System.Text.Json;
using CsCheck;
using Dimec.Evaluation.Tallies;
using Dimec.Policies.Baselines;
using Dimec.Predictions;
using Dimec.Tests.Policies;

namespace Dimec.Tests.Evaluation.Tallies;

public class SplitTallyTests
{
    [Theory]
    // Layers that are passed cost 0.8 λ where nobody asks their classifiers:
    // 0.1 · (0.8 · 3 + 1), and the whole λ where all are asked: 0.1 · 4.
    [InlineData("SplitEE", 4, 0.34)]
    [InlineData("SplitEE-S", 4, 0.4)]
    [InlineData("SplitEE", 1, 0.1)]
    [InlineData("SplitEE-S", 1, 0.1)]
    public void A_layer_costs_as_published(string name, int layer, double cost) =>
        Assert.Equal(cost, SplitTally.All.Single(tally => tally.Name == name).Cost(layer), 1e-12);

    [Fact]
    public void Worked_by_hand()
    {
        // Two samples, two exits, and so each arm once. At layer 2 they are at 0.62 and offloaded at any threshold from 0.65 on; layer 6 is
        // at 0.92. The reward at layer 2 is 0.92 − o − 0.2 or, kept, 0.62 − 0.2; so with o = 0.1 … 0.2 offloading earns more,
        // and with 0.4 … 0.6 keeping does.
        var document = TallyDocument.SplitEe(new SelectionPart(Two("selection")), Two("dev"));
        Assert.Equal(("dev", 2, 6, 20, 12), (document.Part, document.N, document.Layers, document.Orders, document.Rows.Count));
        foreach (var (row, passed) in document.Rows.Select(row => (row, row.Policy == "SplitEE" ? 0.8 : 1)))
        {
            var first = 0.1 * (passed + 1);
            var all = 0.1 * ((5 * passed) + 1);
            var offloads = row.Threshold > 0.62;
            if (row.Offload is < 0.25 or > 0.35)
                Assert.Equal(row.Offload < 0.3, offloads);
            Assert.Equal((first + all + (offloads ? row.Offload : 0)) / 2, row.Cost, 1e-9);
            Assert.Equal(1 - (row.Cost / 0.6), row.Reduction, 1e-9);
            // Layer 2 is wrong and layer 6 is right.
            Assert.Equal(offloads ? 1 : 0.5, row.Accuracy, 1e-9);
            Assert.Equal(1 - row.Accuracy, row.Drop, 1e-9);
        }

        var json = JsonDocument.Parse(TextFiles.Written(document.Write)).RootElement;
        Assert.Equal(("splitee", false, 12), (json.GetProperty("tally").GetString(), json.GetProperty("allWorkCharged")
            .GetBoolean(), json.GetProperty("policies").GetArrayLength()));
    }

    [Fact]
    public void It_equals_its_restatement() => Published.SixLayers().Sample(selection =>
    {
        var dev = selection.Subset("dev", [.. Enumerable.Range(0, selection.Count)]);
        foreach (var row in TallyDocument.SplitEe(new SelectionPart(selection), dev, orders: 2).Rows)
        {
            var (asksAll, passed) = row.Policy == "SplitEE-S" ? (true, 1.0) : (false, 0.8);
            var (right, cost) = (0, 0.0);
            foreach (var seed in (int[])[0, 1])
            {
                List<double>[] rewards = [.. Enumerable.Range(0, 6).Select(_ => new List<double>())];
                foreach (var (t, i) in Enumerable.Range(0, dev.Count).OrderBy(i => RandomPolicy.Place(seed, dev.Guids[i])).Index())
                {
                    double Sure(int exit) => Softmax.Confidence(dev.Logits(i, exit));
                    bool Stays(int arm) => arm == 5 || Sure(arm) >= row.Threshold;
                    double Reward(int arm) => Stays(arm) ? Sure(arm) - (0.1 * (arm + 1)) : Sure(5) - row.Offload - (0.1 * (arm + 1));
                    var played = t < 6
                        ? t
                        : Enumerable.Range(0, 6).MaxBy(k => rewards[k].Average() + Math.Sqrt(Math.Log(t + 1) / rewards[k].Count));
                    foreach (var seen in Enumerable.Range(0, 6).Where(k => k == played || (asksAll && t >= 6 && k < played)))
                        rewards[seen].Add(Reward(seen));
                    cost += (0.1 * ((passed * played) + 1)) + (Stays(played) ? 0 : row.Offload);
                    right += Softmax.ArgMax(dev.Logits(i, Stays(played) ? played : 5)) == dev.Gold[i] ? 1 : 0;
                }
            }

            Assert.Equal(cost / (2 * dev.Count), row.Cost, 1e-9);
            Assert.Equal(right / (2.0 * dev.Count), row.Accuracy, 1e-9);
        }
    }, iter: 40);

    [Fact]
    public void Other_exits_than_the_selection_s_are_refused() =>
        Assert.Contains(
            "has exits 2, 6 where predictions/selection.jsonl has 2, 4, 6",
            TextFiles.Error(() => TallyDocument.SplitEe(new SelectionPart(RandomExits.Gen().Single()), Two("dev"))).Problem);

    private static RecordedExits Two(string part)
    {
        var builder = new RecordedExitsBuilder(part, [2, 6], 2, 0);
        Published.Add(builder, (1, 0.62), (0, 0.92));
        Published.Add(builder, (1, 0.62), (0, 0.92));
        return builder.Build();
    }
}
