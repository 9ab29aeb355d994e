using Dimec.Evaluation;
using Dimec.Evaluation.Routers;

namespace Dimec.Studies.Ablations;

/// <summary>What a choice came to on the reported part, and what it is worth: its difference to the default on the same samples.</summary>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy.</param>
/// <param name="ReductionWorth">Its cost reduction less the default's; positive where it saves more.</param>
/// <param name="AccuracyWorth">Its accuracy less the default's.</param>
/// <param name="Area">The area under the policy's frontier, see <see cref="FrontierArea"/>:
/// the accuracy that a budget buys, averaged over budgets.</param>
/// <param name="AreaWorth">That area less the default's.</param>
public sealed record AblationFigures(
    double Reduction, double Accuracy, Estimate Drop, Estimate ReductionWorth, Estimate AccuracyWorth, double Area, double AreaWorth);
