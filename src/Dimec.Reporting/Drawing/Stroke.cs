namespace Dimec.Reporting.Drawing;

/// <summary>How a line looks.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Dashed">Dashed in place of solid.</param>
/// <param name="Opacity">0 (invisible) to 1.</param>
internal readonly record struct Stroke(Ink Ink, float Width = 1, bool Dashed = false, float Opacity = 1);
