using Dimec.Onnx.Writing;

namespace Dimec.Onnx.Reading;

/// <summary>What a model takes or gives under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Shape">Its axes.</param>
public sealed record OnnxValue(string Name, ElementType Type, IReadOnlyList<Dimension> Shape);
