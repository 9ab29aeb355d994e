namespace Dimec.Costs.Energy;

/// <summary>The radio of the mobile: what a byte takes, and what it takes to stay awake after the last one.</summary>
public sealed record Radio
{
    /// <summary>Its name, e.g. <c>wifi</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The slowest link that the figures are known for, kbit/s: a slower one is taken for it.</summary>
    public required double LeastKilobits { get; init; }

    /// <summary>The fastest, likewise.</summary>
    public required double MostKilobits { get; init; }

    /// <summary>Microjoules a byte over the slowest link.</summary>
    public required double AtLeast { get; init; }

    /// <summary>Microjoules a byte over the fastest; on a straight line between the two.</summary>
    public required double AtMost { get; init; }

    /// <summary>Watts after the last byte, until the radio sleeps.</summary>
    public required double TailWatts { get; init; }

    /// <summary>How long that takes, in seconds.</summary>
    public required double TailSeconds { get; init; }

    /// <summary>
    /// The radios whose figures a byte were published. Bytes: 802.11 b/g of an old phone, download, 5.2 to 2.3 µJ from 2 to 5 Mbit/s;
    /// HSDPA,
    /// 1.13e-5 − 7.21e-9 · (kbit/s − 101) J a bit from 100 to 1500 kbit/s. The tails are assumptions of the order that Huang et al.
    /// (MobiSys 2012) report for phones of their time.
    /// </summary>
    public static IReadOnlyList<Radio> Published { get; } =
    [
        new()
        {
            Name = "wifi", LeastKilobits = 2000, MostKilobits = 5000, AtLeast = 5.2, AtMost = 2.3, TailWatts = 0.119, TailSeconds = 0.238,
        },
        new()
        {
            Name = "hsdpa", LeastKilobits = 100, MostKilobits = 1500, AtLeast = Hsdpa(100), AtMost = Hsdpa(1500), TailWatts = 0.804,
            TailSeconds = 8.1,
        },
    ];

    /// <summary>
    /// What a request takes: its bytes, and the tail after it. The next request cuts the tail short, since it finds the radio awake.
    /// </summary>
    /// <param name="bytes">Bytes sent and received.</param>
    /// <param name="kilobits">The link's speed, kbit/s.</param>
    /// <param name="between">Seconds from a request to the next.</param>
    /// <returns>Millijoules.</returns>
    public double Millijoules(double bytes, double kilobits, double between)
    {
        var place = (Math.Clamp(kilobits, LeastKilobits, MostKilobits) - LeastKilobits) / (MostKilobits - LeastKilobits);
        var microjoules = AtLeast + ((AtMost - AtLeast) * place);
        return (bytes * microjoules / 1000) + (1000 * TailWatts * Math.Min(TailSeconds, between));
    }

    /// <summary>Microjoules a byte.</summary>
    private static double Hsdpa(double kilobits) => 8e6 * (1.13e-5 - (7.21e-9 * (kilobits - 101)));
}
