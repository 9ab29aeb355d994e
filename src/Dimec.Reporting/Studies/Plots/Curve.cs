using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Studies;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="Shape">The shape of its marks.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Dashed">Dashed in place of solid.</param>
/// <param name="Marked">With a mark at every point.</param>
internal sealed record Curve(
    string Name, Ink Ink, Shape Shape, IReadOnlyList<(double X, double Y)> Points, bool Dashed = false, bool Marked = false);
