namespace Dimec.Onnx;

/// <summary>An initializer's values in fp32.</summary>
/// <param name="Name">The name that the graph gives it.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Values">Its values, row-major; as many as the shape's product.</param>
public sealed record OnnxTensor(string Name, int[] Shape, float[] Values);
