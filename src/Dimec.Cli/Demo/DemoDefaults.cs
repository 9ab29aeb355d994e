using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Cli.Demo;

/// <summary>What the demo runs where nothing else is asked for: small enough for ten minutes on two cores.</summary>
internal static class DemoDefaults
{
    /// <summary>The SDK's own documentation: it is on every machine that can build this.</summary>
    public const string Data = "sdk-docs";

    /// <summary>The cheapest plan of all policies; the paper's is a row beside it.</summary>
    public const string Policy = PolicyList.Any;

    /// <summary>An exit after every layer, so that every published policy has what it asks for.</summary>
    public static IReadOnlyList<int> Exits { get; } = [1, 2, 3, 4, 5, 6];

    /// <summary>The default costs of tiers at a third, two thirds and all of the layers.</summary>
    public static CostStructure Costs { get; } = CostStructure.Default([2, 4, 6]);

    /// <summary>Half a point of accuracy, on the selection part.</summary>
    public const double MaxDrop = 0.005;

    public const int Epochs = 4;

    /// <summary>
    /// The margin is of a single training's: chosen on the calibration part, where the usual half of a standard error loses 0.8 points,
    /// one 0.7, and this one the half that is allowed.
    /// </summary>
    public static PlanningOptions Planning { get; } = new() { MaxDrop = MaxDrop, Margin = 1.5 };

    private const int TrainingSamples = 6000;
    private const int HeldOutSamples = 2000;

    /// <summary>The data of the demo.</summary>
    public static DataSpec Spec(string data, int? limit, int? heldOut) => DataSpec.Parse(
        data, new ReaderOptions { Limit = limit ?? TrainingSamples, HeldOutLimit = heldOut ?? HeldOutSamples });
}
