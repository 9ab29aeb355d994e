namespace Dimec.Studies.Promises;

/// <summary>Samples drawn from a population with replacement: how often each was, in the draw's first half and in its second.</summary>
internal sealed class DrawnSamples
{
    private DrawnSamples(int[] first, int[] second, int n) => (First, Second, N) = (first, second, n);

    /// <summary>By the sample's place in the population, how often the first half has it.</summary>
    public int[] First { get; }

    /// <summary>The same of the second half.</summary>
    public int[] Second { get; }

    /// <summary>The number of samples.</summary>
    public int N { get; }

    /// <summary>Draws. They come independently of each other, so that any half is a random half.</summary>
    public static DrawnSamples Of(int population, int n, Random random)
    {
        var (first, second) = (new int[population], new int[population]);
        for (var i = 0; i < n / 2; i++)
            first[random.Next(population)]++;
        for (var i = n / 2; i < n; i++)
            second[random.Next(population)]++;
        return new DrawnSamples(first, second, n);
    }
}
