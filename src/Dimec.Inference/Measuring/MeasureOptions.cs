using Dimec.Costs.Measured;

namespace Dimec.Inference.Measuring;

/// <summary>What is measured and for how long.</summary>
public sealed record MeasureOptions
{
    /// <summary>The most that a length, a batch size and a number of seconds may be.</summary>
    private const int Most = 4096;

    /// <summary>Batch sizes, 1 to 4,096 each; 1 is always among them. Default 1, 4, 16.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [1, 4, 16];

    /// <summary>Lengths in tokens, each with the same share; empty: those of the texts, in three groups. Default empty.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [];

    /// <summary>
    /// Texts as they will come, whose lengths count where none are given; empty: the bundle's golden samples, which are few.
    /// </summary>
    public IReadOnlyList<TextInput> Texts { get; init; } = [];

    /// <summary>
    /// For how long, 1 s to 1 hour; what has begun is ended, and <see cref="MeasuredValue.LeastCount"/> rounds are made however long they
    /// take. Default 30 s.
    /// </summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most rounds, each of everything once; 1 to 4,096. Default 40.</summary>
    public int MaxRounds { get; init; } = 40;

    /// <summary>How long a tier may take for one batch before the measurement fails. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By what tiers are known, and what is shown to them.</summary>
    public TierSecurity Security { get; init; } = new();

    /// <summary>Checks the options.</summary>
    /// <param name="maxLength">The most tokens that the bundle's model reads.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    public void Validate(int maxLength, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var rows in Rows.Where(rows => rows is < 1 or > Most))
            errors.Add(Name(nameof(Rows)), $"has {rows}", $"give batch sizes of 1 to {Most}");
        foreach (var length in Lengths.Where(length => length < 1 || length > maxLength))
            errors.Add(Name(nameof(Lengths)), $"has {length}", $"give lengths of 1 to {maxLength} tokens, which the bundle's model reads");
        if (Budget < TimeSpan.FromSeconds(1) || Budget > TimeSpan.FromHours(1))
            errors.Add(Name(nameof(Budget)), $"is {Budget}", "give 1 s to 1 hour");
        if (MaxRounds is < 1 or > Most)
            errors.Add(Name(nameof(MaxRounds)), $"is {MaxRounds}", $"give 1 to {Most}");
    }

    private static string Name(string property) => OptionNames.Of<MeasureOptions>(property);
}
