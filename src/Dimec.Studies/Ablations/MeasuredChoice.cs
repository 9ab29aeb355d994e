namespace Dimec.Studies.Ablations;

/// <summary>What one choice of one switch came to in one run.</summary>
/// <param name="Switch">The switch: <see cref="PlanSwitch.Option"/>.</param>
/// <param name="Choice">The choice's word.</param>
/// <param name="IsDefault">True where it is the request's own choice.</param>
/// <param name="Answers">What the plan did; where none meets the allowed drop, what the cloud did.
/// Null where the choice could not be measured.</param>
/// <param name="Reason">Why there is no plan, or no measurement; null where there is a plan.</param>
public sealed record MeasuredChoice(string Switch, string Choice, bool IsDefault, SampleAnswers? Answers, string? Reason)
{
    /// <summary>True where a plan met the allowed drop.</summary>
    public bool IsPlanned => Answers is not null && Reason is null;
}
