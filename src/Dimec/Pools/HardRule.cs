namespace Dimec.Pools;

/// <summary>Which training samples make the hard pool, the deepest tier's (an open choice of the method, section 4).</summary>
public enum HardRule
{
    /// <summary>μ &lt; α: low confidence. The default.</summary>
    LowConfidence,

    /// <summary>
    /// μ &lt; α and σ ≤ β₁: the hard-to-learn corner of the original cartography; what is uncertain and varies goes to the pools between.
    /// Without β (two tiers) it is the same as <see cref="LowConfidence"/>.
    /// </summary>
    LowConfidenceAndVariability,
}
