using Dimec.Display;
using Dimec.Json;

namespace Dimec.Costs.Prices;

/// <summary>What tiers cost in money: the price file.</summary>
public sealed class PriceList
{
    private const int LongestCurrency = 16;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<Price>> _tiers;

    private PriceList(string currency, IReadOnlyDictionary<string, IReadOnlyList<Price>> tiers) => (Currency, _tiers) = (currency, tiers);

    /// <summary>The currency of all prices, e.g. <c>EUR</c>.</summary>
    public string Currency { get; }

    /// <summary>The tiers that have prices.</summary>
    public IEnumerable<string> Tiers => _tiers.Keys;

    /// <summary>What a tier asks for something; 0 where the file gives it no such price.</summary>
    /// <param name="tier">The tier's name.</param>
    /// <param name="per">For what.</param>
    public double Of(string tier, PricePer per) =>
        _tiers.TryGetValue(tier, out var prices) ? prices.Where(price => price.Per == per).Sum(price => price.Amount) : 0;

    /// <summary>
    /// Reads a price file: <c>{"format":1,"currency":"EUR","tiers":[{"name":"edge","prices":[{"amount":0.05,"per":"hour"}]}]}</c>.
    /// </summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together: a price without a unit (<c>per</c>) or a file
    /// without a currency, negative amounts, a tier or a price that comes twice.</exception>
    public static PriceList Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(1);
        var currency = json.String("currency");
        if (currency.Length > LongestCurrency || !Printable.IsPlain(currency))
        {
            json.Problem(
                "currency", $"is longer than {LongestCurrency} characters, or holds one that cannot be printed", "write it as EUR or USD");
        }

        var tiers = new Dictionary<string, IReadOnlyList<Price>>();
        foreach (var tier in json.Objects("tiers"))
        {
            var name = tier.String("name");
            Price[] prices = [.. tier.Objects("prices").Select(ReadPrice)];
            if (prices.Select(price => price.Per).Distinct().Count() < prices.Length)
                tier.Problem("prices", "has two prices for the same", "keep one of them");
            if (!tiers.TryAdd(name, prices))
                tier.Problem("name", $"'{name}' names an earlier tier as well", "give a tier all its prices in one place");
            tier.NoOtherKeys();
        }

        json.NoOtherKeys();
        errors.ThrowIfAny();
        return new PriceList(currency, tiers);
    }

    private static Price ReadPrice(JsonObjectReader json)
    {
        var amount = json.Number("amount") ?? 0;
        if (amount < 0)
            json.Problem("amount", FormattableString.Invariant($"is negative ({amount})"), "give 0 or more");
        var before = json.Errors.Count;
        var word = json.Has("per") ? json.String("per") : "";
        var per = ChoiceNames.Find<PricePer>(word);
        if (per is null && json.Errors.Count == before)
        {
            json.Problem(
                "per", word.Length == 0 ? "is missing, so the price has no unit" : $"'{word}' is not known",
                $"say what the amount is asked for: {string.Join(", ", ChoiceNames.All<PricePer>())}");
        }

        json.NoOtherKeys();
        return new Price(amount, per ?? PricePer.Hour);
    }
}
