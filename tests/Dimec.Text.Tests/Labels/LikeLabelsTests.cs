using Dimec.Text.Labels;

namespace Dimec.Text.Tests.Labels;

public class LikeLabelsTests
{
    [Theory]
    [InlineData("caf\u00E9", "cafe\u0301", "in their Unicode normal form")]
    [InlineData("\uAC00", "\u1100\u1161", "in their Unicode normal form")]
    [InlineData("q\u0323\u0307", "q\u0307\u0323", "in their Unicode normal form")]
    [InlineData("pos", "pos\u200B", "in blanks or in characters that are not seen")]
    [InlineData("pos", "\uFEFFpos", "in blanks or in characters that are not seen")]
    [InlineData("very good", "very\u00A0good", "in blanks or in characters that are not seen")]
    [InlineData("very good", "very  good", "in blanks or in characters that are not seen")]
    [InlineData("pos", "po\u00ADs", "in blanks or in characters that are not seen")]
    [InlineData("Pos", "pos", "in upper and lower case")]
    [InlineData("\u00C9t\u00E9", "e\u0301te\u0301", "in upper and lower case")]
    [InlineData("1.5", "1.50", "in how they write one number")]
    [InlineData("01", "1", "in how they write one number")]
    [InlineData("pos", "p\u043Es", "in characters that look alike")]
    [InlineData("pos", "\uFF50\uFF4F\uFF53", "in characters that look alike")]
    [InlineData("not-so", "not\u2010so", "in characters that look alike")]
    [InlineData("pos", "\"pos\"", "in characters that look alike")]
    public void Labels_that_are_likely_one_are_named_with_their_difference(string one, string other, string difference)
    {
        var note = Assert.Single(LikeLabels.Notes([one, other, "neg"]));
        Assert.Contains($"differ only {difference}", note, StringComparison.Ordinal);
        Assert.DoesNotContain("neg", note, StringComparison.Ordinal);
        foreach (var rune in one.EnumerateRunes().Concat(other.EnumerateRunes()).Where(rune => !rune.IsAscii))
            Assert.Contains($"U+{rune.Value:X4}", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pos", "neg")]
    [InlineData("e", "\u00E9")]
    [InlineData("1", "10")]
    [InlineData("-1", "1")]
    [InlineData("\u4E2D", "\u6587")]
    public void Others_are_not(string one, string other) => Assert.Empty(LikeLabels.Notes([one, other]));

    [Fact]
    public void Many_groups_take_few_lines()
    {
        string[] labels = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { $"label {i} x", $"Label {i} x" })];
        Assert.Equal(4, LikeLabels.Notes(labels).Count());
        Assert.Equal("47 more groups of labels differ in as little.", LikeLabels.Notes(labels).Last());
    }
}
