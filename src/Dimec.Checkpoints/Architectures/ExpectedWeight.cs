namespace Dimec.Checkpoints.Architectures;

/// <summary>A tensor that a configuration calls for.</summary>
/// <param name="Name">Its canonical name.</param>
/// <param name="Shape">Its dimensions.</param>
internal readonly record struct ExpectedWeight(string Name, int[] Shape);
