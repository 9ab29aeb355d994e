using Dimec.Costs.Energy;

namespace Dimec.Tests.Costs.Energy;

public class RadioTests
{
    /// <summary>By hand: a thousand bytes of so many microjoules, and the tail at its watts for its seconds.</summary>
    [Theory]
    [InlineData("wifi", 2000, 5.2)]
    [InlineData("wifi", 3500, 3.75)]
    [InlineData("wifi", 5000, 2.3)]
    [InlineData("wifi", 1, 5.2)]
    [InlineData("wifi", 1e9, 2.3)]
    [InlineData("hsdpa", 100, 90.45768)]
    [InlineData("hsdpa", 101, 90.4)]
    [InlineData("hsdpa", 1500, 9.70568)]
    [InlineData("hsdpa", 9000, 9.70568)]
    public void A_byte_takes_what_was_published_and_no_more_beyond_its_range(string name, double kilobits, double microjoules) =>
        Assert.Equal(microjoules, Find(name).Millijoules(1000, kilobits, between: 0), 1e-6);

    [Fact]
    public void The_tail_is_paid_once_and_the_next_request_cuts_it_short()
    {
        var radio = Find("hsdpa");
        var bytes = radio.Millijoules(2000, 1500, 0);
        Assert.Equal(bytes + (804 * 8.1), radio.Millijoules(2000, 1500, 60), 1e-6);
        Assert.Equal(bytes + (804 * 2), radio.Millijoules(2000, 1500, 2), 1e-6);
        // At a few kB the tail is nearly all there is.
        Assert.True(radio.Millijoules(2000, 1500, 60) > 300 * bytes);
    }

    private static Radio Find(string name) => Radio.Published.Single(radio => radio.Name == name);
}
