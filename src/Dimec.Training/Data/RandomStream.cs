namespace Dimec.Training.Data;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a small generator that gives the same numbers on every platform and version.</summary>
internal sealed class RandomStream(ulong state)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong _state = state;

    public RandomStream(long seed, long purpose) : this((ulong)Hash(seed, purpose))
    {
    }

    /// <summary>Mixes two numbers into one; never negative.</summary>
    public static long Hash(long first, long second) =>
        (long)(Mix(Mix(unchecked((ulong)first + Increment)) ^ Mix(~(ulong)second)) >> 1);

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1, without bias that could be seen (Lemire's multiplication).</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A standard normal number (Box and Muller).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    private double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next() => Mix(_state = unchecked(_state + Increment));

    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
