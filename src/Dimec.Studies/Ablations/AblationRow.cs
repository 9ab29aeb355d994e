namespace Dimec.Studies.Ablations;

/// <summary>A row of an ablation: one choice of one switch, all others as in the default.</summary>
/// <param name="Switch">The switch: <see cref="PlanSwitch.Option"/>.</param>
/// <param name="Choice">The choice's word.</param>
/// <param name="IsDefault">True where it is the default's own choice.</param>
/// <param name="Measured">The number of seeds in which it could be measured.</param>
/// <param name="Planned">The number of seeds in which a plan met the allowed drop;
/// in the others that were measured the cloud answered all samples.</param>
/// <param name="Figures">The means over the seeds in which it was measured; null where it was in none.</param>
/// <param name="Reasons">Why it was not planned or not measured, each reason once; empty where it was planned in every seed.</param>
public sealed record AblationRow(
    string Switch, string Choice, bool IsDefault, int Measured, int Planned, AblationFigures? Figures, IReadOnlyList<string> Reasons);
