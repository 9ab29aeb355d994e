namespace Dimec.Routing.Tables;

/// <summary>Where the columns of a tier lie.</summary>
/// <param name="Name">The tier's name.</param>
/// <param name="Outcome">The column of its answers, or of whether it is right.</param>
/// <param name="IsAnswer">Whether these are answers.</param>
/// <param name="Cost">The column of its costs.</param>
internal sealed record TierColumns(string Name, int Outcome, bool IsAnswer, int Cost);
