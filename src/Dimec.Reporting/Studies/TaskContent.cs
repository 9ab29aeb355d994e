using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>All of one task.</summary>
internal static class TaskContent
{
    public static void Write(IStudyPage page, StudyTask task, int place)
    {
        var id = StudyNames.Id(place);
        page.Prose(StudySentences.FormatTask(
            description: task.Description, seeds: string.Join(", ", task.Seeds.Select(seed => Formatting.Count(seed)))));
        if (task.Parts.Count > 0)
        {
            page.Table(new ReportTable(
                StudySentences.PartsCaption, TableKind.Plain, ["Part", "#Samples", "Used for"],
                [.. task.Parts.Select(part => (Cell[])[new Cell(part.Name), Cell.Of(part.Count), new Cell(part.Purpose)])]));
        }

        if (task.Warnings.Count > 0)
            page.Note(StudySentences.TrainingNotes, task.Warnings);
        for (var depths = 0; depths < task.Depths.Count; depths++)
            DepthsContent.Write(page, task, task.Depths[depths], place, depths + 1);
        var first = task.Depths[0];
        page.Section(3, $"{id}-exits", "Exits", () =>
        {
            page.Table(ExitsTable.Of(first));
            page.Figure(ReliabilityFigure.Of(first, StudyNames.File(place, task.Name, null, "reliability")));
        });
        if (task.Changes.Count > 0)
            page.Section(3, $"{id}-training", StudySentences.TrainingHeading, () => page.Table(TrainingTable.Of(task.Changes)));
        if (task.DataMap is { } map)
        {
            page.Section(3, $"{id}-map", "Data map", () =>
            {
                page.Figure(DataMapSection.Figure(map, StudyNames.File(place, task.Name, null, "data-map")));
                if (DataMapSection.Pools(map) is { } pools)
                    page.Table(pools);
            });
        }
    }
}
