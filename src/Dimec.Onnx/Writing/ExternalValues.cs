namespace Dimec.Onnx.Writing;

/// <summary>Where the values of an initializer lie that is not in the model's own file: row-major, little-endian.</summary>
/// <param name="File">The file's name, in the folder of the model's.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record ExternalValues(string File, long Offset, long Length);
