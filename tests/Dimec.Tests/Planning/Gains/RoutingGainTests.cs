using Dimec.Planning.Gains;

namespace Dimec.Tests.Planning.Gains;

/// <summary>What is a gain, a match and a policy that hardly chooses: the same where a plan is made and where it is reported.</summary>
public class RoutingGainTests
{
    [Theory]
    [InlineData(0.5, 0.44, 0.9, true, true)]
    [InlineData(0.5, 0.44, 0.95, true, true)]
    [InlineData(0.5, 0.44, 0.96, true, false)]
    [InlineData(0.444, 0.44, 0.5, false, false)]
    [InlineData(0.3, 0.44, 0.5, false, false)]
    public void A_gain_saves_more_than_a_match_and_chooses(double reduction, double single, double largest, bool saves, bool isGain)
    {
        var gain = RoutingGain.Of(reduction, [new("mobile", 1 - largest), new("edge", largest)], single);
        Assert.Equal(reduction - single, gain.Beyond);
        Assert.Equal(largest > 0.95 ? "edge" : null, gain.DegenerateTier);
        Assert.Equal((saves, isGain), (gain.Saves, gain.IsGain));
    }
}
