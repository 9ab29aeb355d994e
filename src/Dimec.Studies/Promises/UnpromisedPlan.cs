namespace Dimec.Studies.Promises;

/// <summary>The plan of the same policy and drop that is chosen on the selection part and promises nothing.</summary>
/// <param name="Saved">1 − Σ cost / Σ cost of the cloud, over the whole population.</param>
/// <param name="Loss">Its mean loss there, which may be larger than what it was allowed.</param>
public sealed record UnpromisedPlan(double Saved, double Loss);
