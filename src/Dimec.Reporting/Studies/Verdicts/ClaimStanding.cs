namespace Dimec.Reporting.Studies;

/// <summary>How a claim stands against what was measured.</summary>
internal enum ClaimStanding
{
    /// <summary>The means meet it, and the 95 % intervals hold nothing that does not.</summary>
    Shown,

    /// <summary>The means meet it, the intervals do not rule out that it fails.</summary>
    OnAverage,

    /// <summary>The means do not meet it, the intervals do not rule out that it holds.</summary>
    NotMet,

    /// <summary>The means do not meet it, and an interval holds nothing that does.</summary>
    RuledOut,
}
