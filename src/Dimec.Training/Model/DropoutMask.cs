using System.Numerics;
using System.Runtime.InteropServices;

namespace Dimec.Training.Model;

/// <summary>
/// Random masks by hashing a counter: element i of mask n depends on the key and on (n, i) alone. A mask is made with whole vectors at
/// memory speed, where libtorch's generator makes one number after the other.
/// </summary>
internal static class DropoutMask
{
    /// <summary>Fills a mask with 0 (with the probability given) and 1 / (1 − p).</summary>
    /// <param name="mask">Gets the values.</param>
    /// <param name="probability">p, 0 ≤ p &lt; 1.</param>
    /// <param name="key">Which mask.</param>
    public static void Fill(Span<float> mask, double probability, ulong key)
    {
        var threshold = (uint)Math.Round(probability * uint.MaxValue);
        var kept = (float)(1 / (1 - probability));
        var (low, high) = ((uint)key, (uint)(key >> 32));
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(mask);
        var indices = Vector<uint>.Indices;
        var limit = new Vector<uint>(threshold);
        var keep = new Vector<float>(kept);
        for (var i = 0; i < vectors.Length; i++)
        {
            var random = Hash(indices, low, high);
            vectors[i] = Vector.ConditionalSelect(
                Vector.AsVectorSingle(Vector.GreaterThanOrEqual(random, limit)), keep, Vector<float>.Zero);
            indices += new Vector<uint>((uint)Vector<uint>.Count);
        }

        for (var i = vectors.Length * Vector<float>.Count; i < mask.Length; i++)
            mask[i] = Hash(new Vector<uint>((uint)i), low, high)[0] >= threshold ? kept : 0;
    }

    /// <summary>Two rounds of the "lowbias32" mixer, each with half of the key.</summary>
    private static Vector<uint> Hash(Vector<uint> value, uint low, uint high) =>
        Mix(Mix(value ^ new Vector<uint>(low)) + new Vector<uint>(high));

    private static Vector<uint> Mix(Vector<uint> value)
    {
        value = (value ^ (value >>> 16)) * 0x7FEB352Du;
        value = (value ^ (value >>> 15)) * 0x846CA68Bu;
        return value ^ (value >>> 16);
    }
}
