namespace Dimec.Reporting.Drawing;

/// <summary>A rectangle in pixels; y grows downwards.</summary>
internal readonly record struct Box(float Left, float Top, float Width, float Height)
{
    public float Right => Left + Width;

    public float Bottom => Top + Height;

    public Box Inset(float left, float top, float right, float bottom) =>
        new(Left + left, Top + top, Width - left - right, Height - top - bottom);
}
