namespace Dimec.Reporting.Drawing;

/// <summary>What a colour means; <see cref="Palette"/> says what it looks like in either colour scheme.</summary>
internal enum Ink
{
    Background,
    Surface,
    Text,
    Muted,
    Grid,

    /// <summary>Correctness from never right to always right.</summary>
    Level0,
    Level1,
    Level2,
    Level3,
    Level4,
    Level5,

    /// <summary>Exit 0, which is no tier.</summary>
    ExitZero,

    /// <summary>Tiers and their pools, cheapest first; the last tier is always <see cref="TierLast"/>.</summary>
    Tier0,
    Tier1,
    Tier2,
    Tier3,
    TierLast,

    /// <summary>Series of a frontier, in the order of the series.</summary>
    Series0,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
}
