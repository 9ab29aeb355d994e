using Dimec.Evaluation;

namespace Dimec.Reporting;

/// <summary>Every policy under one cost structure.</summary>
/// <param name="Name">What the cost structure is called, e.g. <c>at the planned costs</c> or
/// <c>with offloading for nothing (o = 0), planned anew</c>.</param>
/// <param name="Document">The evaluation.</param>
/// <param name="Frontier">The sweeps under the same costs; null where there are none.</param>
public sealed record ReportEvaluation(string Name, EvaluationDocument Document, Frontier? Frontier = null);
