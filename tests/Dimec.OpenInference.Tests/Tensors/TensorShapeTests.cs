using CsCheck;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Tests.Tensors;

public class TensorShapeTests
{
    [Theory]
    [InlineData(new long[] { }, 1)]
    [InlineData(new long[] { 3 }, 3)]
    [InlineData(new long[] { 2, 0, 5 }, 0)]
    [InlineData(new long[] { 0, long.MaxValue, long.MaxValue }, 0)]
    [InlineData(new long[] { int.MaxValue, 1 }, int.MaxValue)]
    public void Counts_the_elements(long[] shape, int count) => Assert.Equal(count, TensorShape.Count("t", shape));

    [Theory]
    [InlineData(new long[] { -1, 4 }, "negative")]
    [InlineData(new long[] { 0, -1 }, "negative")]
    [InlineData(new long[] { long.MinValue }, "negative")]
    [InlineData(new long[] { 1L << 32, 1L << 32 }, "more than")]
    [InlineData(new long[] { long.MaxValue, 2 }, "more than")]
    [InlineData(new long[] { 65536, 32768 }, "more than")]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "dimensions")]
    public void Refuses_what_cannot_be(long[] shape, string why)
        => Assert.Contains(why, Assert.Throws<ProtocolException>(() => TensorShape.Count("t", shape)).Message, StringComparison.Ordinal);

    [Fact]
    public void Agrees_with_arithmetic_that_cannot_overflow()
        => Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 1L << 33], Gen.Long).Array[0, 6].Sample(shape =>
        {
            var expected = shape.Aggregate(System.Numerics.BigInteger.One, (product, size) => product * size);
            var fits = shape.All(size => size >= 0) && expected <= int.MaxValue;
            try
            {
                return TensorShape.Count("t", shape) == expected && fits;
            }
            catch (ProtocolException)
            {
                return !fits;
            }
        });
}
