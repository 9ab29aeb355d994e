using System.Numerics.Tensors;

namespace Dimec.Export.Quantization;

/// <summary>
/// A matrix as 8-bit numbers with a scale a row (a channel): symmetric, so that 0 stays 0 and a product needs no correction for the
/// weight. A row's scale is its largest magnitude / 127; a number is the value / scale, rounded half to even (Jacob et al. 2018, section 2
/// and Krishnamoorthi 2018, section 2.2).
/// </summary>
/// <param name="Numbers">−127 … 127, row-major.</param>
/// <param name="Scales">What 1 stands for, a number a row.</param>
internal sealed record ChannelNumbers(sbyte[] Numbers, float[] Scales)
{
    private const float Largest = sbyte.MaxValue;

    /// <summary>The numbers of a matrix.</summary>
    /// <param name="values">The matrix, row-major; finite.</param>
    /// <param name="rows">Its number of rows.</param>
    public static ChannelNumbers Of(ReadOnlySpan<float> values, int rows)
    {
        var columns = values.Length / rows;
        var (numbers, scales) = (new sbyte[values.Length], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var channel = values.Slice(row * columns, columns);
            var step = Math.Abs(TensorPrimitives.MaxMagnitude(channel)) / Largest;
            // A row of zeros, and one that only denormal numbers could scale, is 0 at the scale 1.
            var scale = scales[row] = float.IsNormal(step) ? step : 1;
            for (var i = 0; i < columns; i++)
                numbers[(row * columns) + i] = (sbyte)Math.Clamp(MathF.Round(channel[i] / scale), -Largest, Largest);
        }

        return new ChannelNumbers(numbers, scales);
    }
}
