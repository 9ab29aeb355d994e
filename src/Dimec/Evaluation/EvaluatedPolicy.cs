using System.Text.Json;
using Dimec.Policies;

namespace Dimec.Evaluation;

/// <summary>A policy with its parameters chosen, ready to be evaluated.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Parameters">What the row shows of its parameters.</param>
/// <param name="Policy">The policy.</param>
public sealed record EvaluatedPolicy(string Name, JsonElement Parameters, IPolicy Policy);
