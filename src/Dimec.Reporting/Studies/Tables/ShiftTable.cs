using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;

namespace Dimec.Reporting.Studies;

/// <summary>How far the selection and the reported part are apart, a row a seed.</summary>
internal static class ShiftTable
{
    public static ReportTable Of(StudyTask task, StudyDepths depths) => new(
        TableCaptions.FormatShift(part: depths.Seeds.Part), TableKind.Plain,
        ["Seed", "#Coefficient", "#p", "#Samples|selection, " + depths.Seeds.Part],
        [
            .. task.Seeds.Zip(depths.Runs, (seed, run) => (Cell[])
            [
                new Cell(Formatting.Count(seed)), new Cell(Formatting.Number(run.Shift.Coefficient, 4)),
                new Cell(Formatting.Number(run.Shift.PValue, 3)),
                new Cell(Formatting.Count(run.Shift.First)) { Second = Formatting.Count(run.Shift.Second) },
            ]),
        ]);
}
