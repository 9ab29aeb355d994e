namespace Dimec.Onnx.Writing;

/// <summary>One axis of a value: a size, or a name for one that a request decides.</summary>
/// <param name="Symbol">The name of a size that a request decides; null where the size is fixed.</param>
/// <param name="Size">The fixed size; 0 where it has a name.</param>
public readonly record struct Dimension(string? Symbol, long Size)
{
    /// <summary>An axis whose size a request decides.</summary>
    /// <param name="symbol">The name that axes of the same size share.</param>
    public static implicit operator Dimension(string symbol) => new(symbol, 0);

    /// <summary>An axis of a fixed size.</summary>
    /// <param name="size">The size, ≥ 0.</param>
    public static implicit operator Dimension(int size) => new(null, size);
}
