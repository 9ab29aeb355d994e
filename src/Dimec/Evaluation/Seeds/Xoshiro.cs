using System.Numerics;

namespace Dimec.Evaluation.Seeds;

/// <summary>
/// Random numbers for resampling: xoshiro256++ (Blackman, Vigna 2021), its state filled by SplitMix64 as its authors advise. A bootstrap
/// draws 100 million of them, at which <see cref="Random"/> with a seed takes several times as long.
/// </summary>
internal sealed class Xoshiro
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public Xoshiro(int seed)
    {
        var state = (ulong)seed;
        (_a, _b, _c, _d) = (Mix(), Mix(), Mix(), Mix());

        ulong Mix()
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>
    /// A number from 0 to below a bound, over 0. At bounds of this size the bias of the product's upper half is far below 2⁻³².
    /// </summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }
}
