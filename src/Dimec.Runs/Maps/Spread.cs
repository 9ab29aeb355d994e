namespace Dimec.Runs.Maps;

/// <summary>Where most of the values of a column lie.</summary>
/// <param name="Low">A tenth of the values lie below it.</param>
/// <param name="Median">Half of them lie below it.</param>
/// <param name="High">Nine tenths of them lie below it.</param>
/// <param name="Mean">Their mean.</param>
public sealed record Spread(double Low, double Median, double High, double Mean);
