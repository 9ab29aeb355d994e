namespace Dimec.Reporting.Html;

/// <summary>The task, its parts and the training's exits.</summary>
internal static class TrainingSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        html.Section("task", "Task and training", _ =>
        {
            Task(html, inputs.Task);
            if (inputs.Training is { } training)
                Training(html, training);
        });
    }

    private static void Task(HtmlWriter html, TaskSummary task)
    {
        html.Open("dl");
        Term(html, "Task", $"{task.Name}: {task.Description}");
        Term(html, "Backbone", task.Backbone);
        Term(html, $"Labels ({task.Labels.Count})", string.Join(", ", task.Labels));
        if (task.Skipped > 0)
            Term(html, "Skipped", $"{Formatting.Count(task.Skipped)} rows that were too short");
        html.Close();
        html.Table("Parts of the data, none in common", sortable: false, ["Part", "#Samples", "Used for"],
            task.Parts.Select(part => (Cell[])[new Cell(part.Name), Cell.Of(part.Count), new Cell(part.Purpose)]));
    }

    private static void Training(HtmlWriter html, TrainingSummary training)
    {
        html.Element("h3", "Exits");
        html.Prose("p", $"{training.Epochs} epochs of {Formatting.Count(training.Samples)} samples in {Formatting.Number(training.Seconds, 0)} s, {Formatting.Number(training.SamplesPerSecond, 0)} samples a second.");
        var part = training.Exits.Count > 0 ? $"{training.Exits[0].Part}, n = {Formatting.Count(training.Exits[0].Count)}" : "";
        html.Table($"What each exit reaches ({part})", sortable: false, ["Exit", "Tier", "#Accuracy [95 %]", "#Loss, first → last epoch", "#Temperature"],
            training.Exits.Select(exit => (Cell[])
            [
                new Cell($"layer {exit.Layer}"), new Cell(exit.Tier ?? "–"),
                new Cell(Formatting.Percent(exit.Accuracy, exit.AccuracyInterval.Lower, exit.AccuracyInterval.Upper)),
                new Cell(exit.Losses.Count == 0 ? "–" : $"{Formatting.Number(exit.Losses[0], 3)} → {Formatting.Number(exit.Losses[^1], 3)}"),
                new Cell(exit.Temperature is { } t ? Formatting.Number(t, 2) : "–"),
            ]));
    }

    private static void Term(HtmlWriter html, string term, string meaning) => html.Element("dt", term).Element("dd", meaning);
}
