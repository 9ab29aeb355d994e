namespace Dimec.Exits.Ngrams;

/// <summary>
/// The hash that gives an n-gram its bucket: the same on every platform and version, since files depend on it. The mixer is SplitMix64's
/// (Steele, Lea, Flood 2014), taken twice. <c>docs/ngram-exit.md</c> states it with values to compare with.
/// </summary>
internal static class NgramHash
{
    /// <summary>How files name it.</summary>
    public const string Name = "splitmix64/1";

    /// <summary>64 bits of a feature: mix(mix(kind · 2³² + first) + second), modulo 2⁶⁴.</summary>
    /// <param name="kind">What sort of feature it is.</param>
    /// <param name="first">A token's id, or a number.</param>
    /// <param name="second">The id of the token after it; 0 where there is none.</param>
    public static ulong Of(FeatureKind kind, int first, int second) =>
        Mix(unchecked(Mix(((ulong)kind << 32) | (uint)first) + (uint)second));

    /// <summary>The bucket among 2^bits: the upper bits of the hash.</summary>
    public static int Bucket(FeatureKind kind, int first, int second, int bits) => (int)(Of(kind, first, second) >> (64 - bits));

    /// <summary>SplitMix64's output function: a bijection of 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
