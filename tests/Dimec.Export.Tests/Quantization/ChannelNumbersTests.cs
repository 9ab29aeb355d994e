using CsCheck;
using Dimec.Export.Quantization;

namespace Dimec.Export.Tests.Quantization;

public class ChannelNumbersTests
{
    /// <summary>Half goes to the even number; a row of zeros has the scale 1. The values are those of <c>int8_reference.py</c>.</summary>
    [Fact]
    public void Each_row_has_a_scale_of_its_own_and_numbers_to_127()
    {
        var (numbers, scales) = ChannelNumbers.Of([0.5f, -1.27f, 0.015f, 0.025f, 0, 0, 0, 0, 3, -3, 1.5f, 0.01f], rows: 3);

        Assert.Equal([50, -127, 2, 2, 0, 0, 0, 0, 127, -127, 64, 0], numbers);
        Assert.Equal([0.009999999776482582f, 1, 0.023622047156095505f], scales);
    }

    [Fact]
    public void No_value_is_off_by_more_than_half_a_step() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        .SelectMany((rows, columns) => Gen.Select(Gen.Const(rows), Gen.Float[-1e30f, 1e30f].Array[rows * columns]))
        .Sample((rows, values) =>
        {
            var (numbers, scales) = ChannelNumbers.Of(values, rows);
            var columns = values.Length / rows;
            for (var i = 0; i < values.Length; i++)
            {
                var scale = (double)scales[i / columns];
                Assert.InRange(Math.Abs(values[i] - (numbers[i] * scale)), 0, scale * 0.50001);
            }
        });

    [Fact]
    public void Numbers_that_no_scale_is_small_enough_for_are_0()
    {
        var (numbers, scales) = ChannelNumbers.Of([1e-45f, -1e-40f, 0], rows: 1);

        Assert.Equal([0, 0, 0], numbers);
        Assert.Equal([1], scales);
    }

    [Fact]
    public void The_largest_number_keeps_its_size()
    {
        var (numbers, scales) = ChannelNumbers.Of([float.MaxValue, -float.MaxValue, 0], rows: 1);

        Assert.Equal([127, -127, 0], numbers);
        Assert.Equal(1, numbers[0] * (double)scales[0] / float.MaxValue, 1e-6);
    }
}
