using System.Globalization;

namespace Dimec.Cartography;

/// <summary>How dynamics become metrics.</summary>
public sealed record CartographyOptions
{
    /// <summary>
    /// Widens the variability by its own uncertainty over E epochs: sqrt(v + v² / (E − 1)). Needs two epochs. Default: off.
    /// </summary>
    public bool IncludeCi { get; init; }

    /// <summary>Keeps the first k ≥ 1 epochs only; null (the default) or more than there are keeps all.</summary>
    public int? BurnOut { get; init; }

    /// <summary>Adds every option that is out of range.</summary>
    /// <param name="errors">Where to.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (BurnOut is < 1)
        {
            errors.Add(
                OptionNames.Of<CartographyOptions>(nameof(BurnOut)), string.Create(CultureInfo.InvariantCulture, $"is {BurnOut}"),
                "keep at least the first epoch");
        }
    }

    /// <summary>How many of the epochs are kept.</summary>
    /// <param name="epochs">How many there are.</param>
    public int Kept(int epochs) => Math.Min(BurnOut ?? epochs, epochs);

    /// <summary>How many of the epochs are kept, after a check.</summary>
    /// <exception cref="InputException">The options do not fit the epochs.</exception>
    internal int Keep(int epochs)
    {
        var errors = new InputErrors();
        Validate(errors);
        errors.ThrowIfAny();
        var kept = Kept(epochs);
        if (IncludeCi && kept < 2)
        {
            throw new InputException(
                OptionNames.Of<CartographyOptions>(nameof(IncludeCi)), "divides by E − 1 and there is 1 epoch",
                "keep at least two epochs, or leave it off");
        }

        return kept;
    }
}
