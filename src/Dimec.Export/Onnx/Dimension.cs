namespace Dimec.Export.Onnx;

/// <summary>One axis of a value: a size, or a name for one that a request decides.</summary>
internal readonly record struct Dimension(string? Symbol, long Size)
{
    public static implicit operator Dimension(string symbol) => new(symbol, 0);

    public static implicit operator Dimension(int size) => new(null, size);
}
