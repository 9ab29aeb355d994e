using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Cli.Demo;

/// <summary>What the demo runs where nothing else is asked for: small enough for ten minutes on two cores.</summary>
internal static class DemoDefaults
{
    /// <summary>The SDK's own documentation: it is on every machine that can build this.</summary>
    public const string Data = "sdk-docs";

    /// <summary>The paper's policy.</summary>
    public const string Policy = PolicyList.Pools;

    /// <summary>Half a point of accuracy, on the selection part.</summary>
    public const double MaxDrop = 0.005;

    public const int Epochs = 4;

    private const int TrainingSamples = 4000;
    private const int HeldOutSamples = 1500;

    /// <summary>The data of the demo.</summary>
    public static DataSpec Spec(string data, int? limit, int? heldOut) => DataSpec.Parse(
        data, new ReaderOptions { Limit = limit ?? TrainingSamples, HeldOutLimit = heldOut ?? HeldOutSamples });
}
