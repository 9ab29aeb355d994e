using System.Globalization;
using System.Text;
using Dimec.Planning.Promises;
using Dimec.Routing;
using Dimec.Routing.Plans;
using Dimec.Testing;

namespace Dimec.Fuzzing.Made;

/// <summary>A router's tables: the harder a sample is, the likelier only the larger model is right.</summary>
internal static class RouterSamples
{
    /// <summary>A plan over such tables.</summary>
    public static RouterPlan Plan(TemporaryFolder folder)
    {
        var outcome = new RouterPlanner(new RouterRequest(
            Table(folder, 1), ScoreDirection.Strong, new Dictionary<string, string> { ["made.csv"] = "0a" }))
            .Plan(Table(folder, 2), new PromiseOptions { MaxDrop = 0.02, MinAccuracy = 0.8 });
        return ((RouterOutcome.Planned)outcome).Plan;
    }

    private static RouterTable Table(TemporaryFolder folder, int seed)
    {
        var (random, text) = (new Random(seed), new StringBuilder("id,score,small.right,small.cost,large.right,large.cost\n"));
        for (var row = 0; row < 2000; row++)
        {
            var (score, luck) = (Math.Round(random.NextDouble(), 3), random.NextDouble());
            var small = luck < 0.95 - Math.Pow(score, 4);
            text.Append(CultureInfo.InvariantCulture, $"{seed}-{row},{score},{(small ? 1 : 0)},1,{(luck < 0.95 ? 1 : 0)},4\n");
        }

        var path = folder.File($"{seed}.csv");
        File.WriteAllText(path, text.ToString());
        return RouterTable.Read(path);
    }
}
