namespace Dimec.Onnx.Writing;

/// <summary>What a model's file says about itself.</summary>
/// <param name="Opset">The version of the operators of the domain <c>ai.onnx</c>, the only one used.</param>
/// <param name="IrVersion">The version of ONNX's file format, of the opset's time or later.</param>
/// <param name="Producer">What wrote it.</param>
public sealed record ModelHeader(long Opset, long IrVersion, string Producer);
