namespace Dimec.Onnx.Format;

/// <summary>A field of a protobuf message inside a file.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Start">Where its content starts: for text, bytes and messages behind their length.</param>
/// <param name="End">The first byte after it.</param>
internal readonly record struct ProtobufField(int Number, long Start, long End);
