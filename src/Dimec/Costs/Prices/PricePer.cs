namespace Dimec.Costs.Prices;

/// <summary>What a price is asked for.</summary>
public enum PricePer
{
    /// <summary>An hour in which the tier computes.</summary>
    Hour,

    /// <summary>A request, however many samples it holds.</summary>
    Request,

    /// <summary>10⁹ bytes to or from the tier.</summary>
    Gb,
}
