namespace Dimec.Routing;

/// <summary>What a router's score means where it is high.</summary>
public enum ScoreDirection
{
    /// <summary>The sample needs the strong tier: difficulty, or the probability that only the strong one is right.</summary>
    Strong,

    /// <summary>The weak tier will do: a confidence in its answer.</summary>
    Weak,
}
