using Dimec.Text;

namespace Dimec.Studies.Settings;

/// <summary>A task of a study.</summary>
/// <param name="Name">What its folders are called: GLUE's name, <c>sdk-docs</c>, or a file's name without its ending.</param>
/// <param name="Spec">The data's specification, as <c>train --data</c> takes it.</param>
/// <param name="Reading">How it is read, but for the seed.</param>
/// <param name="HasOwnDev">Whether dev is a file of its own, the same for every seed.</param>
public sealed record TaskSpec(string Name, string Spec, ReaderOptions Reading, bool HasOwnDev)
{
    /// <summary>
    /// The data with the split of a seed. Where dev is split off, every seed has the first one's split: seeds are compared on the same dev.
    /// </summary>
    /// <exception cref="InputException">The specification or an option is wrong.</exception>
    public DataSpec Data(long seed) => DataSpec.Parse(Spec, Reading with { Seed = SplitSeed(seed) });

    /// <summary>The seed of the split for a training's seed.</summary>
    public long SplitSeed(long seed) => HasOwnDev ? seed : 0;
}
