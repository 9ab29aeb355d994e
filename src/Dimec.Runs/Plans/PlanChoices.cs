using Dimec.Planning;
using Dimec.Pools;

namespace Dimec.Runs.Plans;

/// <summary>The open choices of the method, as one call makes them.</summary>
/// <param name="Options">How a plan is chosen.</param>
/// <param name="Map">Whose dynamics make the pools.</param>
public sealed record PlanChoices(PlanningOptions Options, MapChoice Map);
