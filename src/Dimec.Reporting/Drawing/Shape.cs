namespace Dimec.Reporting.Drawing;

/// <summary>Shapes of markers, so that no meaning hangs on colour alone.</summary>
internal enum Shape
{
    Circle,
    Square,
    Diamond,
    Triangle,
    Cross,
    Star,
    Ring,
}
