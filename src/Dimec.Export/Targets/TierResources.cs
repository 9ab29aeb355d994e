using Dimec.Bundles;

namespace Dimec.Export.Targets;

/// <summary>What a replica of a tier may use. The figures are measured: docs/engines.md has them with their commands.</summary>
internal static class TierResources
{
    /// <summary>The process without weights.</summary>
    private const int ProcessMiB = 110;

    /// <summary>What bodies and tensors of requests may take together, by default.</summary>
    private const int RequestsMiB = 128;

    /// <summary>What a run of as many tokens as a tier runs at once by default may take, of MiniLM's width.</summary>
    private const int RunMiB = 64;

    private const int MeasuredHidden = 384;

    private const int StepMiB = 64;

    /// <summary>The memory that a replica is given at the start, and the most that it may take.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="cores">The runs that there are at once.</param>
    public static (int RequestMiB, int LimitMiB) Memory(TargetBundle bundle, BundleTier tier, int cores)
    {
        var idle = ProcessMiB + (int)(bundle.WeightBytes(tier) >> 20) + RequestsMiB;
        var run = RunMiB * Math.Max(MeasuredHidden, bundle.Manifest.Embeddings.Hidden) / MeasuredHidden;
        return (Rounded(idle), Rounded(idle + (cores * run)));
    }

    private static int Rounded(int memory) => (memory + StepMiB - 1) / StepMiB * StepMiB;
}
