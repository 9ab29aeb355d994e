using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs;

namespace Dimec.Precision.Bench;

/// <summary>The bundle of a run in a precision, with tiers at given depths; its plan sends everything to the last.</summary>
internal static class ExportedRun
{
    public static Bundle Write(Run run, int[] depths, ModelPrecision precision, string folder)
    {
        var checkpoint = Checkpoint.Load(run.Folder.Model);
        var costs = CostStructure.Default(depths);
        BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint,
                Precision = precision,
                Plan = new Plan
                {
                    Factory = PolicyList.Default.Find(costs.Tiers[^1].Name, costs, "policy"),
                    Parameters = NoParameters.Instance,
                    Costs = costs,
                    Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
                },
                WriteTokenizer = CheckpointTokenizers.Read(checkpoint, run.Folder.Model).WriteTokenizerJson,
            },
            folder);
        return Bundle.Open(folder);
    }
}
