namespace Dimec.Text.Tests.Splits;

public sealed class SharedTextsTests
{
    [Fact]
    public void A_text_counts_for_every_sample_that_has_it_and_a_pair_only_as_a_whole()
    {
        Sample[] dev = [new("1", "rain", null, 0), new("2", "rain", null, 1), new("3", "sun", null, 0), new("4", "rain", "today", 0)];
        Assert.Equal(2, SharedTexts.Count(dev, [new("7", "rain", null, 1), new("8", "rain", "tomorrow", 0)]));
        Assert.Equal(0, SharedTexts.Count(dev, []));
    }
}
