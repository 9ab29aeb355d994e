using System.Globalization;
using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Runs;

namespace Dimec.Resume.Bench;

/// <summary>The bundle of a run and of a plan that sends every text all the way, each tier going on from the one before.</summary>
internal static class WholeWay
{
    public static Bundle Export(Run run, string folder)
    {
        var checkpoint = Checkpoint.Load(run.Folder.Model);
        var layers = checkpoint.Config.Layers;
        var costs = CostStructure.Default([layers / 3, 2 * layers / 3, layers]);
        var stops = costs.Tiers.Select((tier, place) => new Dictionary<string, object>
        {
            ["exit"] = tier.Depth,
            ["tier"] = tier.Name,
            ["start"] = place == 0 ? "text" : "forwarded",
            ["weights"] = new Dictionary<string, double> { [tier.Depth.ToString(CultureInfo.InvariantCulture)] = 1 },
            ["threshold"] = 2,
        }).ToArray();
        stops[^1].Remove("threshold");
        var factory = PolicyList.Default.Find("ladder", costs, "policy");
        var parameters = JsonElement.Parse(JsonSerializer.Serialize(new { stops }));
        BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint,
                Plan = new Plan
                {
                    Factory = factory,
                    Parameters = factory.Read(parameters, costs, "plan"),
                    Costs = costs,
                    Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
                },
                WriteTokenizer = CheckpointTokenizers.Read(checkpoint, run.Folder.Model).WriteTokenizerJson,
            },
            folder);
        return Bundle.Open(folder);
    }
}
