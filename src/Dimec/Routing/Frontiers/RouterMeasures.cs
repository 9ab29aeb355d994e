using Dimec.Evaluation;

namespace Dimec.Routing.Frontiers;

/// <summary>
/// RouteLLM's measures (Ong et al. 2024, arXiv 2406.18665) of a score between the weak and the strong tier, the first and the last of a
/// table: see <see cref="Dimec.Evaluation.Routers.CallPerformance"/>. Tiers between the two have no part in them.
/// </summary>
/// <param name="Cpt20">The share of samples that the strong tier has to answer to recover 20 % of the gap in accuracy.</param>
/// <param name="Cpt50">The share for 50 %.</param>
/// <param name="Cpt80">The share for 80 %.</param>
/// <param name="Apgr">The mean part of the gap recovered over all shares; 0.5 for a random router, and over 1 where it beats both.</param>
public sealed record RouterMeasures(Estimate Cpt20, Estimate Cpt50, Estimate Cpt80, Estimate Apgr);
