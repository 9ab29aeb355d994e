namespace Dimec.Routing.Plans;

/// <summary>What a plan over a table is made from.</summary>
/// <param name="Selection">The samples that it is chosen on.</param>
/// <param name="Higher">What a high score means.</param>
/// <param name="MadeFrom">SHA-256 (hex) of every file that it is made from, by name.</param>
public sealed record RouterRequest(RouterTable Selection, ScoreDirection Higher, IReadOnlyDictionary<string, string> MadeFrom);
