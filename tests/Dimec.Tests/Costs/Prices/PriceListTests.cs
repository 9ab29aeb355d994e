using Dimec.Costs.Prices;

namespace Dimec.Tests.Costs.Prices;

public class PriceListTests
{
    private const string File = """
        {"format":1,"currency":"EUR","tiers":[{"name":"edge","prices":[{"amount":0.05,"per":"hour"},{"amount":0.09,"per":"gb"}]}]}
        """;

    [Fact]
    public void A_tier_has_the_prices_of_the_file_and_0_for_others()
    {
        var prices = Read(File);
        Assert.Equal("EUR", prices.Currency);
        Assert.Equal([0.05, 0, 0.09], Enum.GetValues<PricePer>().Select(per => prices.Of("edge", per)));
        Assert.Equal(0, prices.Of("cloud", PricePer.Hour));
        Assert.Equal(["edge"], prices.Tiers);
    }

    [Theory]
    [InlineData(",\"per\":\"hour\"", "", "tiers[0].prices[0].per", "is missing, so the price has no unit")]
    [InlineData("\"per\":\"hour\"", "\"per\":\"day\"", "tiers[0].prices[0].per", "'day' is not known")]
    [InlineData("\"per\":\"hour\"", "\"per\":1", "tiers[0].prices[0].per", "is 1")]
    [InlineData("\"currency\":\"EUR\",", "", "currency", "is missing")]
    [InlineData("\"EUR\"", "\"E\\u001b[31m\"", "currency", "cannot be printed")]
    [InlineData("0.05", "-0.05", "tiers[0].prices[0].amount", "is negative (-0.05)")]
    [InlineData("0.05", "\"5 cents\"", "tiers[0].prices[0].amount", "is \"5 cents\"")]
    [InlineData("\"gb\"", "\"hour\"", "tiers[0].prices", "has two prices for the same")]
    [InlineData("]}]}", "]},{\"name\":\"edge\",\"prices\":[]}]}", "tiers[1].name", "names an earlier tier")]
    [InlineData("\"amount\":0.05", "\"amount\":0.05,\"unit\":\"EUR\"", "tiers[0].prices[0].unit", "is not a key")]
    public void A_wrong_file_names_the_key_and_the_mend(string right, string wrong, string key, string problem)
    {
        var error = TextFiles.Error(() => Read(File.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal($"p.json {key}", error.Where);
        Assert.Contains(problem, error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    private static PriceList Read(string json) => PriceList.Read(TextFiles.Stream(json), "p.json");
}
