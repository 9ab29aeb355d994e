namespace Dimec.Planning.Gains;

/// <summary>What a policy has to beat: a tier that answers everything alone, or a setting of what people build today.</summary>
/// <param name="Name">The tier's or policy's name.</param>
/// <param name="Cost">What a sample costs on average.</param>
/// <param name="Reduction">1 − cost / cost of the cloud.</param>
/// <param name="Drop">Accuracy of the reference − the rival's, on the same samples.</param>
public sealed record RivalOutcome(string Name, double Cost, double Reduction, double Drop);
