using Dimec.Reporting.Drawing;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>A plot of a study.</summary>
/// <param name="Label">What it shows, for those who do not see it.</param>
/// <param name="Caption">What stands below it, with n.</param>
/// <param name="Heights">Its heights on a desktop and on a phone, in pixels.</param>
/// <param name="Draw">Draws it.</param>
/// <param name="Data">Its data.</param>
internal sealed record StudyFigure(string Label, string Caption, (int Wide, int Narrow) Heights, Action<ICanvas, Box> Draw, PlotData Data);
