namespace Dimec.Checkpoints.Safetensors;

/// <summary>What a file's header says about one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type as the format names it: <c>F32</c>, <c>F16</c>, <c>BF16</c>, <c>I64</c>, …</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Begin">Offset of its first byte, counted from the end of the header.</param>
/// <param name="End">Offset behind its last byte.</param>
public sealed record SafetensorsEntry(string Name, string Type, IReadOnlyList<int> Shape, long Begin, long End);
