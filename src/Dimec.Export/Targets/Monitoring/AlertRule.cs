namespace Dimec.Export.Targets.Monitoring;

/// <summary>When somebody is to be told.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Query">What must not be.</param>
/// <param name="For">For how long it has to be so.</param>
/// <param name="IsUrgent">Whether it cannot wait until the morning.</param>
/// <param name="Summary">What is wrong, in a sentence.</param>
/// <param name="Description">What to look at.</param>
internal sealed record AlertRule(string Name, string Query, string For, bool IsUrgent, string Summary, string Description);
