namespace Dimec.Policies.Hybrid;

/// <summary>Where a search works out at which stop each sample begins; used again for each setting.</summary>
/// <param name="samples">The number of samples.</param>
internal sealed class HybridRoom(int samples)
{
    /// <summary>The stop of each sample.</summary>
    public int[] Entries { get; } = new int[samples];

    /// <summary>Its expected reward.</summary>
    public double[] Most { get; } = new double[samples];
}
