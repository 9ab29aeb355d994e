namespace Dimec.OpenInference;

/// <summary>What a model says of one input or output.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Datatype">Its type's name on the wire.</param>
/// <param name="Shape">Its shape; −1 is any size.</param>
public sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<long> Shape);
