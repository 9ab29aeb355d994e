namespace Dimec.Serving.Live;

/// <summary>What the plan expects.</summary>
internal sealed record LivePlan(IReadOnlyList<LiveShare> Shares, double Reduction, double Accuracy);
