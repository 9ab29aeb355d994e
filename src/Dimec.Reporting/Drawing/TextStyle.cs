namespace Dimec.Reporting.Drawing;

/// <summary>Which end of a text stands at its position.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a text looks.</summary>
/// <param name="Size">Height of the em in pixels.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="Anchor">Which end stands at the position.</param>
/// <param name="Bold">Semi-bold in place of regular.</param>
/// <param name="Halo">With an outline of the background, for text on top of data.</param>
/// <param name="Upright">Turned by 90° counter-clockwise about its position.</param>
internal readonly record struct TextStyle(
    float Size, Ink Ink = Ink.Text, Anchor Anchor = Anchor.Start, bool Bold = false, bool Halo = false, bool Upright = false);
