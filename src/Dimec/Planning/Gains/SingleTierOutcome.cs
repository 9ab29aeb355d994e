namespace Dimec.Planning.Gains;

/// <summary>What a tier does that answers everything alone.</summary>
/// <param name="Name">The tier's name.</param>
/// <param name="Cost">What a sample costs.</param>
/// <param name="Reduction">1 − cost / cost of the cloud.</param>
/// <param name="Drop">Accuracy of the cloud − the tier's, on the same samples.</param>
public sealed record SingleTierOutcome(string Name, double Cost, double Reduction, double Drop);
