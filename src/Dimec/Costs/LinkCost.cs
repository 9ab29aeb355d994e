namespace Dimec.Costs;

/// <summary>What it costs to hand a sample on from one tier to another, where that differs from sending it from the mobile.</summary>
/// <param name="From">The tier that has the sample.</param>
/// <param name="To">The tier that gets it.</param>
/// <param name="Offload">The cost, in the structure's unit; not negative.</param>
public sealed record LinkCost(string From, string To, double Offload);
