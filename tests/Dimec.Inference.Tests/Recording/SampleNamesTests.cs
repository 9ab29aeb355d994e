namespace Dimec.Inference.Tests.Recording;

/// <summary>Names of recorded samples: their callers', where those are no texts.</summary>
public sealed class SampleNamesTests
{
    [Theory]
    [InlineData("order-17/3", "order-17/3")]
    [InlineData("über_1", "über_1")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_is_kept(string? id, string? expected) => Assert.Equal(expected, SampleNames.Of(Sample(id)));

    [Theory]
    [InlineData("a text")]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    [InlineData("seventy-letters-seventy-letters-seventy-letters-seventy-letters-seventy")]
    public void What_may_be_a_text_is_hashed(string id)
    {
        var name = SampleNames.Of(Sample(id))!;
        Assert.Matches("^[0-9a-f]{32}$", name);
        Assert.Equal(name, SampleNames.Of(Sample(id)));
        Assert.NotEqual(name, SampleNames.Of(Sample(id + " ")));
    }

    [Fact]
    public void The_same_tokens_under_the_same_name_are_known_however_they_were_padded()
    {
        var names = new SampleNames("p");
        Assert.Equal(["p-0", "p-1"], [names.Next(), names.Next()]);
        Assert.False(names.IsRepeated("a", Row(1, 1, 1)));
        Assert.True(names.IsRepeated("a", Row(1, 1, 1)));
        Assert.True(names.IsRepeated("a", Row(1, 1, 1, 0, 0)));
        Assert.False(names.IsRepeated("a", Row(1, 1)));
        Assert.False(names.IsRepeated("b", Row(1, 1, 1)));
    }

    private static AnsweredSample Sample(string? id) => new(id, Row(1), new Dictionary<int, ReadOnlyMemory<float>>());

    private static TierRow Row(params long[] mask) => new(mask) { Ids = mask.Select((_, i) => (long)i + 5).ToArray() };
}
