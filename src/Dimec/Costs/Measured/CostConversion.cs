using System.Globalization;
using Dimec.Costs.Energy;
using Dimec.Costs.Prices;
using Dimec.Statistics;

namespace Dimec.Costs.Measured;

/// <summary>
/// Makes cost structures of a measurement, one unit each: cost(x) = λ_t · d_t + c_t + o_t as ever, so that whatever takes layers takes
/// them. Nothing is measured here, and the same measurement, load, prices and assumptions give the same costs.
/// </summary>
/// <param name="measurement">What was measured.</param>
/// <param name="hash">SHA-256 of its file, which the costs name.</param>
/// <param name="load">The lengths and the batch size that costs are wanted for; null: those that were measured, alone.</param>
public sealed class CostConversion(Measurement measurement, string hash, MeasuredLoad? load = null)
{
    private const double MsAnHour = 3.6e6;
    private const double BytesAGb = 1e9;
    private const double Millionths = 1e6;

    private readonly MeasuredLoad _load = load ?? MeasuredLoad.Of(measurement);
    private readonly TierFigures[] _tiers =
        [.. measurement.Tiers.Select(tier => TierFigures.Of(measurement, tier, load ?? MeasuredLoad.Of(measurement)))];

    /// <summary>The milliseconds that pass on the mobile. Of a batch each sample has its part.</summary>
    public CostStructure Milliseconds()
    {
        var tokens = measurement.Tokenizing.Median;
        var tiers = _tiers.Select((tier, t) => new TierCost(
            tier.Tier.Name, tier.Tier.Depth, tier.Line.Layer, t == 0 ? 0 : tier.Bring + tokens)
        {
            // Whoever begins with the text has it made into tokens first, on the mobile.
            Call = tier.Line.Call + (t == 0 ? tokens : 0),
            HiddenState = t == 0 ? null : tier.BringHidden,
            ExitZero = t == 0 ? measurement.ExitZero?.Median ?? 0 : 0,
        });
        return Structure("ms", tiers, ForwardMs, isTime: true, []);
    }

    /// <summary>The bytes that leave or reach the mobile. What tiers send on to each other is not its own.</summary>
    public CostStructure Bytes() => Structure(
        "bytes",
        _tiers.Select((tier, t) => new TierCost(tier.Tier.Name, tier.Tier.Depth, 0, t == 0 ? 0 : tier.Sent + tier.Received)
        {
            HiddenState = t == 0 ? null : tier.SentHidden + tier.Received,
        }),
        (_, _) => 0, isTime: false, []);

    /// <summary>
    /// The mobile's millijoules: its watts while it computes (those that were measured, where they were), the radio's bytes and its tail
    /// at every request, its watts while it waits.
    /// </summary>
    /// <param name="profile">What is assumed.</param>
    public CostStructure Millijoules(EnergyProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var (active, waiting) = (measurement.Power?.Watts ?? profile.ActiveWatts, profile.WaitingWatts);
        var tokens = measurement.Tokenizing.Median * active;
        var tiers = _tiers.Select((tier, t) => new TierCost(
            tier.Tier.Name, tier.Tier.Depth, tier.Line.Layer * (t == 0 ? active : waiting),
            t == 0 ? 0 : tokens + (tier.Bring * waiting) + Radio(tier.Sent + tier.Received))
        {
            Call = (tier.Line.Call * (t == 0 ? active : waiting)) + (t == 0 ? tokens : 0),
            HiddenState = t == 0 ? null : (tier.BringHidden * waiting) + Radio(tier.SentHidden + tier.Received),
            ExitZero = t == 0 ? (measurement.ExitZero?.Median ?? 0) * active : 0,
        });
        return Structure("mJ", tiers, (from, to) => ForwardMs(from, to) * waiting, isTime: false, Assumed(profile));

        // A request has one tail, whatever it holds.
        double Radio(double bytes) =>
            profile.Radio.Millijoules(bytes * _load.Rows, profile.Kilobits, profile.SecondsBetween) / _load.Rows;
    }

    /// <summary>
    /// Money, in millionths of the currency: hours in which a tier computes (what passes there less the way there and back), requests, and
    /// 10⁹ bytes to and from the tier.
    /// </summary>
    /// <param name="prices">The prices.</param>
    /// <param name="where">How errors name their file.</param>
    /// <exception cref="InputException">The file names a tier that was not measured, or the last tier would cost nothing.</exception>
    public CostStructure Money(PriceList prices, string where)
    {
        ArgumentNullException.ThrowIfNull(prices);
        Check(prices, where);
        double Price(TierFigures tier, PricePer per) => Millionths * prices.Of(tier.Tier.Name, per);
        double Request(TierFigures tier) => Price(tier, PricePer.Request) / _load.Rows;
        double Traffic(TierFigures tier, double bytes) => Price(tier, PricePer.Gb) * bytes / BytesAGb;

        var tiers = _tiers.Select((tier, t) => new TierCost(
            tier.Tier.Name, tier.Tier.Depth, tier.Line.Layer * Price(tier, PricePer.Hour) / MsAnHour,
            t == 0 ? 0 : Request(tier) + Traffic(tier, tier.Sent + tier.Received))
        {
            Call = tier.Line.Call * Price(tier, PricePer.Hour) / MsAnHour,
            HiddenState = t == 0 ? null : Request(tier) + Traffic(tier, tier.SentHidden + tier.Received),
            ExitZero = t == 0 ? (measurement.ExitZero?.Median ?? 0) * Price(tier, PricePer.Hour) / MsAnHour : 0,
        });
        return Structure(
            $"µ{prices.Currency}", tiers,
            (_, to) => Request(_tiers[to]) + Traffic(_tiers[to], _tiers[to].SentHidden + _tiers[to].Received), isTime: false, []);
    }

    /// <summary>
    /// Milliseconds until a tier has hidden states from another and its answer is back there: the network that lies beyond the first, and
    /// what the second does with the message.
    /// </summary>
    private double ForwardMs(int from, int to)
    {
        var (sender, receiver) = (_tiers[from], _tiers[to]);
        var beyond = Math.Max(0, receiver.Network - sender.Network) / _load.Rows;
        return Math.Max(0, receiver.BringHidden - (receiver.Network / _load.Rows)) + beyond;
    }

    private CostStructure Structure(
        string unit, IEnumerable<TierCost> tiers, Func<int, int, double> forward, bool isTime, IReadOnlyList<string> assumed)
    {
        var links = new List<LinkCost>();
        for (var from = 1; from < _tiers.Length; from++)
        {
            for (var to = from + 1; to < _tiers.Length; to++)
                links.Add(new LinkCost(_tiers[from].Tier.Name, _tiers[to].Tier.Name, forward(from, to)));
        }

        return new CostStructure(unit, [.. tiers], links)
        {
            Origin = new CostOrigin
            {
                Date = measurement.Date,
                Machine = measurement.Machine,
                Measurement = hash,
                Rows = _load.Rows,
                Tokens = _load.Tokens,
                Intervals = isTime ? Intervals() : new Dictionary<string, Interval>(),
                Assumed = assumed,
            },
        };
    }

    /// <summary>Of times alone: bytes do not vary, and what is assumed has no interval.</summary>
    private Dictionary<string, Interval> Intervals() => measurement.Tiers.ToDictionary(tier => tier.Name, tier =>
    {
        var (lower, upper) = TierFigures.Whole(tier, _load);
        var tokenizing = measurement.Tokenizing.Interval;
        return new Interval(lower + tokenizing.Lower, upper + tokenizing.Upper);
    });

    private List<string> Assumed(EnergyProfile profile)
    {
        var assumed = new List<string>();
        if (measurement.Power is null)
            assumed.Add(FormattableString.Invariant($"the mobile draws {profile.ActiveWatts} W while it computes"));
        assumed.Add(FormattableString.Invariant($"the mobile draws {profile.WaitingWatts} W while it waits"));
        assumed.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"the radio is {profile.Radio.Name} at {profile.Kilobits} kbit/s, a request every {profile.SecondsBetween} s, and stays awake "
            + $"for {profile.Radio.TailSeconds} s at {profile.Radio.TailWatts} W"));
        return assumed;
    }

    private void Check(PriceList prices, string where)
    {
        var errors = new InputErrors();
        var names = measurement.Tiers.Select(tier => tier.Name).ToArray();
        foreach (var unknown in prices.Tiers.Except(names))
            errors.Add($"{where} tiers", $"has '{unknown}', which was not measured", $"give prices of {string.Join(", ", names)}");
        if (Enum.GetValues<PricePer>().All(per => prices.Of(names[^1], per) == 0))
        {
            errors.Add(
                $"{where} tiers", $"has no price of '{names[^1]}', against which all savings are measured", "give it one above 0");
        }

        errors.ThrowIfAny();
    }
}
