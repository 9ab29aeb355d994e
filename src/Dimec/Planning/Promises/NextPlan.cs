namespace Dimec.Planning.Promises;

/// <summary>The next cheaper plan, which the samples do not show to keep the promise.</summary>
/// <param name="Policy">Its policy's name.</param>
/// <param name="Cost">The mean cost of the samples on which it was tested, in the costs' unit.</param>
/// <param name="Needed">About how many samples like these would do; null where no number would.</param>
/// <param name="Attainable">The limit that these samples show of it, of the claim that they are furthest from.</param>
public sealed record NextPlan(string Policy, double Cost, int? Needed, double Attainable);
