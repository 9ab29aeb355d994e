using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Html;

/// <summary>A plot, whatever it is written on.</summary>
/// <param name="Label">What it shows, for those who do not see it.</param>
/// <param name="Caption">What stands below it, with n.</param>
/// <param name="Heights">Its heights on a desktop and on a phone, in pixels.</param>
/// <param name="Draw">Draws it.</param>
/// <param name="Data">Its data.</param>
internal sealed record ReportFigure(string Label, string Caption, (int Wide, int Narrow) Heights, Action<ICanvas, Box> Draw, PlotData Data);
