using Dimec.Evaluation.Routers;

namespace Dimec.Studies.Measures;

/// <summary>A contender's whole sweep on the reported part.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Points">Its points, cheapest first.</param>
/// <param name="Area">The mean accuracy over the budgets from the cheapest tier alone to the dearest,
/// see <see cref="FrontierArea"/>.</param>
/// <param name="CallPerformance">RouteLLM's measures between the first tier and the last, by the share of samples that leave the first;
/// null where the last tier is no better than the first.</param>
public sealed record MeasuredFrontier(string Policy, IReadOnlyList<MeasuredPoint> Points, double Area, CallPerformance? CallPerformance);
