using Dimec.Evaluation;

namespace Dimec.Studies.Ablations;

/// <summary>What another training makes of one exit.</summary>
/// <param name="Exit">The layer that carries it.</param>
/// <param name="Base">Its accuracy in the training that is the base, a_m.</param>
/// <param name="Other">Its accuracy in the other training, a′_m.</param>
/// <param name="Change">a′_m − a_m on the same samples; 0 with the interval 0 to 0 where the exit's logits are the same ones.</param>
/// <param name="Gap">a_L − a_m, what the exit lacks to the last one in the base; null for the last.</param>
/// <param name="Closed">
/// The share of the gap that the other training closes: (a′_m − a_m) / (a_L − a_m); null where the gap's interval holds 0 or less, so
/// that there may be nothing to close. Its interval is of the resamples that have a gap.
/// </param>
public sealed record ExitChange(int Exit, double Base, double Other, Estimate Change, Estimate? Gap, Estimate? Closed);
