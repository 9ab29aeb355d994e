namespace Dimec.Planning.Promises;

/// <summary>The samples of which a claim is shown least, where it is of groups as well: those of a group, or all together.</summary>
/// <param name="N">Their number, over 0.</param>
/// <param name="Lost">How many of them lost.</param>
/// <param name="Gained">How many of them only the plan has right, where the loss counts that; else 0.</param>
public sealed record ClaimGroup(int N, int Lost, int Gained);
