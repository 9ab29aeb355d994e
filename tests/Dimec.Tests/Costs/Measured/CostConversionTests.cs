using Dimec.Costs;
using Dimec.Costs.Energy;
using Dimec.Costs.Measured;
using Dimec.Costs.Prices;

namespace Dimec.Tests.Costs.Measured;

/// <summary>Every number here is worked out by hand from <see cref="MadeMeasurement"/>.</summary>
public class CostConversionTests
{
    [Fact]
    public void Milliseconds_alone()
    {
        var costs = Convert().Milliseconds();
        Assert.Equal("ms", costs.Unit);
        // 4 ms of two layers, and the tokens; exit 0 beside it.
        Close((2, 0.5, 0, null, 0.25), costs.Tiers[0]);
        // 10 ms less the 2 that ids take to come and the answer to go.
        Close((2, 0, 2.5, 5, 0), costs.Tiers[1]);
        // Six layers take 16 − 4, two take 11.5 − 7: a line of 1.875 a layer and 0.75 beside.
        Close((1.875, 0.75, 4.5, 7, 0), costs.Tiers[2]);
        Assert.Equal([4.5, 10.5, 16.5], Enumerable.Range(0, 3).Select(costs.Of), Near);
        // What the cloud does with the states, 7 − 3, and the 3 − 1 of network beyond the edge.
        Assert.Equal([new LinkCost("edge", "cloud", 6)], costs.Links);
        Assert.Equal(0.25, costs.Of(TierWork.Further(0, 0, 0)), 1e-12);
    }

    [Fact]
    public void A_resume_all_the_way_costs_its_parts()
    {
        var costs = Convert().Milliseconds();
        TierWork[] resume = [TierWork.OfText(0, 2), new(1, 2, 4, WorkStart.Forwarded, 0), new(2, 4, 6, WorkStart.Forwarded, 1)];
        Assert.Equal([4.5, 9, 10.5], resume.Select(costs.Of), Near);
    }

    [Fact]
    public void Milliseconds_in_a_batch_are_a_samples_part()
    {
        var costs = Convert(rows: 4).Milliseconds();
        Close((1.25, 0.5, 0, null, 0.25), costs.Tiers[0]);
        Close((1.25, 0, 1.25, 2, 0), costs.Tiers[1]);
        // Between the sizes that were measured, on a line: a batch of two takes 4 + 6 / 3 on the mobile.
        Assert.Equal(3, 2 * Convert(rows: 2).Milliseconds().Tiers[0].Layer, 1e-12);
        Assert.Equal((4, 15), (costs.Origin!.Rows, costs.Origin.Tokens));
    }

    [Fact]
    public void Other_lengths_are_on_the_lines_between_and_beyond()
    {
        var load = MeasuredLoad.OfLengths([30, 30, 10, 10]);
        var costs = new CostConversion(MadeMeasurement.Create(), "00", load).Milliseconds();
        // 3.5 ms at 10 tokens, 4.5 at 20, so 5.5 at 30.
        Assert.Equal(4.5, 2 * costs.Tiers[0].Layer, 1e-12);
    }

    [Fact]
    public void Bytes_are_those_of_the_mobile()
    {
        var costs = Convert().Bytes();
        Assert.Equal("bytes", costs.Unit);
        Assert.Equal([0, 170, 190], Enumerable.Range(0, 3).Select(costs.Of), Near);
        Assert.Equal([null, 1050.0, 1070.0], costs.Tiers.Select(tier => tier.HiddenState));
        Assert.Equal(0, costs.Links[0].Offload);
        Assert.Equal((400 + 50) / 4.0, Convert(rows: 4).Bytes().Of(1), 1e-12);
    }

    [Fact]
    public void Millijoules_have_computing_waiting_bytes_and_one_tail_a_request()
    {
        var profile = new EnergyProfile { ActiveWatts = 2, WaitingWatts = 0.5, Kilobits = 2000, SecondsBetween = 0.1 };
        var costs = Convert().Millijoules(profile);
        Assert.Equal("mJ", costs.Unit);
        Close((4, 1, 0, null, 0.5), costs.Tiers[0]);
        // Tokens 1, waiting 2 · 0.5, 170 bytes of 5.2 µJ, a tail of 0.1 s at 0.119 W that the next request cuts short.
        Close((1, 0, 1 + 1 + 0.884 + 11.9, 2.5 + 5.46 + 11.9, 0), costs.Tiers[1]);
        Assert.Equal(3, costs.Origin!.Assumed.Count);
        // In a batch of four the tail is shared.
        Assert.Equal(1 + 0.375 + ((400 + 50) * 0.0052 / 4) + (11.9 / 4), Convert(rows: 4).Millijoules(profile).Tiers[1].Offload, 1e-9);
    }

    [Fact]
    public void What_was_measured_of_the_energy_is_not_assumed()
    {
        var measured = MadeMeasurement.Create() with { Power = new MeasuredPower(10, "rapl") };
        var costs = new CostConversion(measured, "00").Millijoules(new EnergyProfile());
        Assert.Equal(20, costs.Tiers[0].Layer, 1e-12);
        Assert.DoesNotContain(costs.Origin!.Assumed, sentence => sentence.Contains("computes", StringComparison.Ordinal));
    }

    [Fact]
    public void Money_counts_hours_requests_and_bytes()
    {
        var prices = Prices("""
            {"format":1,"currency":"EUR","tiers":[
              {"name":"edge","prices":[{"amount":3.6,"per":"hour"},{"amount":0.0001,"per":"request"},{"amount":1,"per":"gb"}]},
              {"name":"cloud","prices":[{"amount":7.2,"per":"hour"}]}]}
            """);
        var costs = Convert().Money(prices, "prices.json");
        Assert.Equal("µEUR", costs.Unit);
        Close((0, 0, 0, null, 0), costs.Tiers[0]);
        // 3.6 an hour is a millionth a millisecond; a request 100 millionths; a byte a thousandth of one.
        Close((2, 0, 100 + 0.17, 100 + 1.05, 0), costs.Tiers[1]);
        Close((3.75, 1.5, 0, 0, 0), costs.Tiers[2]);
        Assert.Equal(25 + (0.001 * 450 / 4), Convert(rows: 4).Money(prices, "p").Tiers[1].Offload, 1e-9);
    }

    [Theory]
    [InlineData("cloud\",\"prices\":[{\"amount\":0,", "has no price of 'cloud'")]
    [InlineData("fog\",\"prices\":[{\"amount\":1,", "has 'fog', which was not measured")]
    public void Prices_that_do_not_fit_are_refused(string tier, string problem)
    {
        var prices = Prices($$"""{"format":1,"currency":"EUR","tiers":[{"name":"{{tier}}"per":"hour"}]}]}""");
        var errors = TextFiles.Errors(() => Convert().Money(prices, "p.json"));
        Assert.Contains(errors, error => error.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_costs_say_what_they_come_from_and_keep_it_in_their_file()
    {
        var costs = Convert().Milliseconds();
        var again = CostStructure.Read(TextFiles.Stream(TextFiles.Written(costs.Write)), "costs.json");
        Assert.Equal(costs.Tiers, again.Tiers);
        Assert.Equal(costs.Links, again.Links);
        var (origin, read) = (costs.Origin!, again.Origin!);
        Assert.Equal(("a made machine", "00ff", 1), (read.Machine, read.Measurement, read.Rows));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), read.Date);
        Assert.Equal(origin.Intervals, read.Intervals);
        // (3.5 + 4.5) / 2 and the tokens' 0.5, each ± 10 %.
        Assert.Equal((4.05, 4.95), (Math.Round(origin.Intervals["mobile"].Lower, 9), Math.Round(origin.Intervals["mobile"].Upper, 9)));
    }

    [Fact]
    public void A_tier_of_somebody_else_that_refuses_nothing_has_the_network_for_its_way()
    {
        var made = MadeMeasurement.Create();
        var foreign = made with
        {
            Tiers = [made.Tiers[0], made.Tiers[1] with { Payloads = [] }, made.Tiers[2]],
        };
        var costs = new CostConversion(foreign, "00").Milliseconds();
        Close((2.25, 0, 1.5, 1, 0), costs.Tiers[1]);
        Assert.Equal(150, new CostConversion(foreign, "00").Bytes().Of(1));
    }

    [Fact]
    public void What_noise_makes_shorter_than_its_message_still_takes_in_all_what_was_measured()
    {
        var made = MadeMeasurement.Create();
        var slow = made.Tiers[1].Payloads.Select(payload => payload with { Ms = MadeMeasurement.Value(12) });
        var noisy = made with { Tiers = [made.Tiers[0], made.Tiers[1] with { Payloads = [.. slow] }, made.Tiers[2]] };
        var costs = new CostConversion(noisy, "00").Milliseconds();
        Assert.Equal(10.5, costs.Of(1), 1e-9);
        Assert.Equal(0.1 / 4, costs.Tiers[1].Layer, 1e-9);
    }

    private static CostConversion Convert(int rows = 1)
    {
        var measurement = MadeMeasurement.Create();
        return new CostConversion(measurement, "00ff", MeasuredLoad.Of(measurement) with { Rows = rows });
    }

    private static PriceList Prices(string json) => PriceList.Read(TextFiles.Stream(json), "prices.json");

    private static bool Near(double one, double other) => Math.Abs(one - other) < 1e-9;

    private static void Close((double Layer, double Call, double Offload, double? Hidden, double ExitZero) expected, TierCost tier)
    {
        Assert.Equal(expected.Layer, tier.Layer, 1e-9);
        Assert.Equal(expected.Call, tier.Call, 1e-9);
        Assert.Equal(expected.Offload, tier.Offload, 1e-9);
        Assert.Equal(expected.Hidden is null, tier.HiddenState is null);
        Assert.Equal(expected.Hidden ?? 0, tier.HiddenState ?? 0, 1e-9);
        Assert.Equal(expected.ExitZero, tier.ExitZero, 1e-9);
    }
}
