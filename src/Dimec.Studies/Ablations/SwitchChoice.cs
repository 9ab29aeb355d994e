namespace Dimec.Studies.Ablations;

/// <summary>One way to make an open choice.</summary>
/// <param name="Name">Its word, as the option has it.</param>
/// <param name="Apply">A setting in which the choice is made so and all else is as it was.</param>
public sealed record SwitchChoice(string Name, Func<PlanSetting, PlanSetting> Apply);
