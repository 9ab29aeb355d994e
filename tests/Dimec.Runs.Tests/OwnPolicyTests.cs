using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using OwnPolicy;

namespace Dimec.Runs.Tests;

/// <summary>The sample of a policy of one's own does what its text says.</summary>
public class OwnPolicyTests
{
    [Fact]
    public void It_is_planned_evaluated_beside_the_others_and_read_back()
    {
        using var folder = new TemporaryFolder();
        foreach (var part in (string[])["selection", "dev"])
        {
            Directory.CreateDirectory(folder.File("predictions"));
            using var file = File.Create(folder.File("predictions", $"{part}.jsonl"));
            Made(part).Write(file);
        }

        var output = new StringWriter();
        Assert.Equal(0, Sample.Run(folder.Path, output));
        var names = output.ToString().Split('\n').Select(line => line.Split(' ')[0]);
        Assert.Subset(names.ToHashSet(), new HashSet<string> { "cloud", "edge", "mobile", "cascade", "entropy", "oracle", "margin" });

        using var stream = File.OpenRead(folder.File("plan.json"));
        var plan = Plan.Read(stream, "plan.json", PolicyList.Default.With(new MarginFactory()));
        var dev = Made("dev");
        var run = PolicyRunner.Run(plan.CreatePolicy(), dev, plan.Costs);
        var threshold = ((MarginParameters)plan.Parameters).Threshold;
        for (var i = 0; i < dev.Count; i++)
        {
            var sample = i;
            Assert.Equal(
                Enumerable.Range(0, 2).Where(tier => MarginPolicy.Margin(dev.Logits(sample, tier)) >= threshold).Append(2).First(),
                run.Tiers[i]);
        }

        stream.Position = 0;
        Assert.Contains("'margin' is no policy", TextFiles.Error(() => Plan.Read(stream, "plan.json")).Problem);
    }

    [Fact]
    public void A_tier_cannot_have_its_name()
    {
        var costs = new CostStructure("layers", [new("margin", 2, 1, 0), new("cloud", 6, 1, 3)], []);
        Assert.Contains("is the name of a policy", TextFiles.Error(() => PolicyList.Default.With(new MarginFactory()).For(costs)).Problem);
    }

    /// <summary>Deeper exits are surer and more often right.</summary>
    private static RecordedExits Made(string part)
    {
        var random = new Random(part.Length);
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 3, 0);
        for (var i = 0; i < 300; i++)
        {
            var gold = random.Next(3);
            var logits = Enumerable.Range(1, 3).SelectMany(depth => Enumerable.Range(0, 3)
                .Select(label => (float)((label == gold ? depth : 0) + (2 * random.NextDouble()))));
            builder.Add($"{part}{i}", gold, [.. logits], []);
        }

        return builder.Build();
    }
}
