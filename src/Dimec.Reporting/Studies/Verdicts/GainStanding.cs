namespace Dimec.Reporting.Studies;

/// <summary>How what a policy saves beyond a rival stands against 0.</summary>
internal enum GainStanding
{
    /// <summary>There is a gain, and its 95 % interval excludes 0.</summary>
    Gain,

    /// <summary>There is one, and it is bought: more accuracy is lost than was allowed.</summary>
    Bought,

    /// <summary>The interval includes 0.</summary>
    NotShown,

    /// <summary>Half a per cent of the cloud's cost or less, either way.</summary>
    Match,

    /// <summary>The rival saves more, and the interval excludes 0.</summary>
    Loss,

    /// <summary>The policy sends nearly all samples to one tier: it hardly chooses.</summary>
    Degenerate,

    /// <summary>The policy could be planned in no seed.</summary>
    NoPlan,
}
