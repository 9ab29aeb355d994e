using CsCheck;
using Dimec.Export.Targets.Triton;

namespace Dimec.Export.Tests.Targets.Triton;

public class LengthBucketsTests
{
    [Theory]
    [InlineData(8, new[] { 8 })]
    [InlineData(16, new[] { 16 })]
    [InlineData(17, new[] { 16, 17 })]
    [InlineData(128, new[] { 16, 24, 32, 48, 64, 96, 128 })]
    public void Lengths_double_by_way_of_the_half(int most, int[] lengths) => Assert.Equal(lengths, LengthBuckets.UpTo(most));

    [Fact]
    public void Every_length_has_a_place_and_at_most_a_third_of_it_is_padding() => Gen.Int[1, 600].SelectMany(
        most => Gen.Int[1, most].Select(length => (most, length))).Sample(drawn =>
    {
        var lengths = LengthBuckets.UpTo(drawn.most);
        Assert.Equal(lengths.Order().Distinct(), lengths);
        var place = lengths.First(length => length >= drawn.length);
        Assert.True(place <= drawn.most && (place <= 16 || 3 * (place - drawn.length) < place), $"{drawn} → {place}");
    });
}
