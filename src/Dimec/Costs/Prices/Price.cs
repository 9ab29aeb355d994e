namespace Dimec.Costs.Prices;

/// <summary>A price.</summary>
/// <param name="Amount">Of the list's currency; not negative.</param>
/// <param name="Per">For what.</param>
public readonly record struct Price(double Amount, PricePer Per);
