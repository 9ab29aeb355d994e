namespace Dimec.Reporting;

/// <summary>Points of a frontier that belong together.</summary>
/// <param name="Name">The policy, e.g. <c>pools</c>.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">The points; a sweep's in the order of its setting.</param>
public sealed record FrontierSeries(string Name, FrontierKind Kind, IReadOnlyList<PlottedPoint> Points);
