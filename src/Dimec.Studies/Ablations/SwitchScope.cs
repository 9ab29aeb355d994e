using Dimec.Costs;

namespace Dimec.Studies.Ablations;

/// <summary>What the choices of a switch may depend on.</summary>
/// <param name="Costs">The costs, which name the tiers and their depths.</param>
/// <param name="Epochs">The number of epochs of which there are dynamics; 0 where there are none.</param>
internal sealed record SwitchScope(CostStructure Costs, int Epochs);
