namespace Dimec.Checkpoints.Safetensors;

/// <summary>A tensor of fp32 values to write.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Values">Its values in row-major order, as many as the shape's product.</param>
public sealed record SafetensorsTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
