namespace Dimec.Cli.Demo;

/// <summary>What came back for one sample from the tiers that were really asked.</summary>
/// <param name="Guid">The sample's name.</param>
/// <param name="Label">The class that was answered, by its index.</param>
/// <param name="Tier">The tier that answered, by its name.</param>
/// <param name="Exit">The layer number of the exit that answered; 0 for exit 0.</param>
/// <param name="Confidence">Its confidence.</param>
/// <param name="Cost">What all work on the way cost.</param>
internal sealed record ServedAnswer(string Guid, int Label, string Tier, int Exit, float Confidence, double Cost);
