namespace Dimec.Costs;

/// <summary>A stretch of layers that a tier ran of a sample.</summary>
/// <param name="Tier">The tier's place, from 0.</param>
/// <param name="From">The layers that had been run of the sample when it began; 0 where it began with the text.</param>
/// <param name="To">The layer at which it stopped; 0 for exit 0, which runs none.</param>
/// <param name="Start">What it began with.</param>
/// <param name="Sender">The place of the tier that had the hidden state before; the tier itself where nothing was sent.</param>
public readonly record struct TierWork(int Tier, int From, int To, WorkStart Start, int Sender)
{
    /// <summary>Begins with the text.</summary>
    /// <param name="tier">The tier's place, from 0.</param>
    /// <param name="to">The layer at which it stops.</param>
    public static TierWork OfText(int tier, int to) => new(tier, 0, to, WorkStart.Text, tier);

    /// <summary>Goes on where the tier itself stopped before.</summary>
    /// <param name="tier">The tier's place, from 0.</param>
    /// <param name="from">The layer at which it stopped before.</param>
    /// <param name="to">The layer at which it stops.</param>
    public static TierWork Further(int tier, int from, int to) => new(tier, from, to, WorkStart.Here, tier);
}
