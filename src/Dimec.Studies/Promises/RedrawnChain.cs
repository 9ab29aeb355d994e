namespace Dimec.Studies.Promises;

/// <summary>The plans of one policy that a promise may be made for, held to one loss.</summary>
/// <param name="Policy">The policy's name, or <c>any</c>.</param>
/// <param name="Loss">What counts as a loss: <c>lost</c>, <c>paired</c> or <c>differs</c>.</param>
/// <param name="Bound">The bound that tests it unless another is asked for.</param>
/// <param name="Plans">How many plans are tested; none where none is cheaper than the reference.</param>
/// <param name="LeastLoss">The least mean loss of any of them over the whole population; 0 where there is none.</param>
/// <param name="BestSaved">
/// What the cheapest of them saves whose mean loss over the whole population is no larger than what is promised: 1 − Σ cost / Σ cost of the
/// cloud. Nobody knows it beforehand. 0 where none keeps it.
/// </param>
/// <param name="Unpromised">The plan that is made without a promise; null where there is none.</param>
/// <param name="Counts">A procedure, a bound and a number of samples each.</param>
public sealed record RedrawnChain(
    string Policy, string Loss, string Bound, int Plans, double LeastLoss, double BestSaved, UnpromisedPlan? Unpromised,
    IReadOnlyList<RedrawCount> Counts);
