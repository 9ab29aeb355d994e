namespace Dimec.Policies.Fitting;

/// <summary>What a hybrid policy's first choice looks at, before a layer has run.</summary>
public enum EntryKind
{
    /// <summary>Exit 0 alone. The default.</summary>
    ExitZero,

    /// <summary>Exit 0, and the place on the data map (μ and σ) that e(x) predicts.</summary>
    Map,
}
