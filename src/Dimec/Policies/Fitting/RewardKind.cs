namespace Dimec.Policies.Fitting;

/// <summary>What C stands for in the reward C_t(x) − μ_c · cost_t (an open choice of the method, section 5).</summary>
public enum RewardKind
{
    /// <summary>The exit's confidence, which needs no labels. The default.</summary>
    Confidence,

    /// <summary>1 where the exit is right and 0 where it is wrong.</summary>
    Correctness,
}
