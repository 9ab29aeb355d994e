using Dimec.Predictions;

namespace Dimec.Bundles;

/// <summary>Where a table of numbers lies inside a file: raw little-endian bytes, row after row.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The numbers in a row.</param>
public sealed record TableSlice(long Offset, int Rows, int Columns)
{
    /// <summary>What the numbers are.</summary>
    public ModelPrecision Numbers { get; init; }

    /// <summary>Of int8: the first byte of the scales, fp32, by one of which each row's numbers are multiplied; otherwise null.</summary>
    public long? Scales { get; init; }

    /// <summary>Bytes of a row.</summary>
    public long RowBytes => (long)Columns * Numbers switch
    {
        ModelPrecision.Fp16 => sizeof(ushort),
        ModelPrecision.Int8 => sizeof(sbyte),
        _ => sizeof(float),
    };
}
