using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Policies.Ladder;

namespace Dimec.Policies.Hybrid;

/// <summary>An exit at which a hybrid policy may begin, and at which it may answer.</summary>
/// <param name="Exit">The exit's layer; 0 for exit 0.</param>
/// <param name="Tier">The place of the tier that runs it.</param>
/// <param name="Start">What the tier begins with where the stop before has run: the text or that stop's hidden state.</param>
/// <param name="Threshold">The least confidence with which it answers; exit 0, where it is chosen, and the last stop always do.</param>
/// <param name="Stacked">The exit combined with exit 0, whatever else was passed.</param>
/// <param name="Right">P(right), before a layer has run, over <see cref="EntryFeatures"/>.</param>
internal sealed record HybridStop(int Exit, int Tier, WorkStart Start, double Threshold, StackedExit Stacked, LearnedScore Right);
