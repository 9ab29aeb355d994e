using System.Globalization;

namespace Dimec.OpenInference.Tensors;

/// <summary>Arithmetic on shapes that came from elsewhere: no negative dimension, no product that overflows.</summary>
public static class TensorShape
{
    /// <summary>How deep a tensor may be. The protocol sets no limit; no model of ours goes beyond 3.</summary>
    public const int MaxRank = 8;

    /// <summary>How many elements a tensor of this shape has.</summary>
    /// <exception cref="ProtocolException">A negative dimension, too many dimensions, or more than 2^31 − 1 elements.</exception>
    public static int Count(string tensor, ReadOnlySpan<long> shape)
    {
        if (shape.Length > MaxRank)
            throw new ProtocolException($"'{tensor}' has {shape.Length} dimensions; at most {MaxRank} are accepted");
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0)
                throw new ProtocolException($"'{tensor}' has the shape {Format(shape)}; a dimension cannot be negative");
            empty |= size == 0;
        }

        if (empty)
            return 0;
        long count = 1;
        foreach (var size in shape)
        {
            // Both factors are below 2^31 whenever the product is still allowed, so this cannot overflow.
            if (size > int.MaxValue || (count *= size) > int.MaxValue)
                throw new ProtocolException($"'{tensor}' has the shape {Format(shape)}, which is more than {int.MaxValue} elements");
        }

        return (int)count;
    }

    /// <summary>How many bytes the elements take; 0 for BYTES, whose elements carry their own length.</summary>
    /// <exception cref="ProtocolException">The shape is impossible, or more than 2^31 − 1 bytes.</exception>
    public static int Bytes(string tensor, ReadOnlySpan<long> shape, DataType type)
    {
        var bytes = (long)Count(tensor, shape) * DataTypes.SizeOf(type);
        return bytes <= int.MaxValue
            ? (int)bytes
            : throw new ProtocolException(
                $"'{tensor}' has the shape {Format(shape)} of {DataTypes.NameOf(type)}, which is more than {int.MaxValue} bytes");
    }

    /// <summary>A shape as people write it: <c>[2,16]</c>.</summary>
    public static string Format(ReadOnlySpan<long> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(',', parts)}]";
    }
}
