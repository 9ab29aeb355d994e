namespace Dimec.Planning.Promises;

/// <summary>What a promise counts against a plan, sample by sample.</summary>
public enum PromiseLoss
{
    /// <summary>1 where the reference is right and the plan wrong, else 0: its mean is at least the drop. Needs labels.</summary>
    Lost,

    /// <summary>
    /// 1 where only the reference is right, −1 where only the plan is, else 0: its mean is the drop itself. Needs labels.
    /// </summary>
    Paired,

    /// <summary>1 where the plan's answer is not the reference's: its mean is at least the drop. Needs no label.</summary>
    Differs,

    /// <summary>1 where the plan is wrong: what a promised accuracy leaves. Needs labels.</summary>
    Wrong,

    /// <summary>1 where the sample costs more than the budget. Needs no label.</summary>
    OverBudget,
}
