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
            if (inputs.Exported is { } exported)
                ExportedExitsSection.Write(html, exported);
        });
    }

    private static void Task(HtmlWriter html, TaskSummary task)
    {
        html.Open("dl");
        Term(html, "Task", $"{task.Name}: {task.Description}");
        Term(html, "Backbone", task.Backbone);
        Term(html, $"Labels ({task.Labels.Count})", string.Join(", ", task.Labels));
        if (task.Skipped > 0)
            Term(html, "Skipped", ReportSentences.FormatSkippedRows(rows: Formatting.Count(task.Skipped)));
        html.Close();
        html.Table(ReportSentences.PartsCaption, TableKind.Plain, ["Part", "#Samples", "Used for"],
            task.Parts.Select(part => (Cell[])[new Cell(part.Name), Cell.Of(part.Count), new Cell(part.Purpose)]));
    }

    private static void Training(HtmlWriter html, TrainingSummary training)
    {
        html.Element("h3", "Exits");
        html.Prose("p", ReportSentences.FormatTrainingTime(
            epochs: training.Epochs, samples: Formatting.Count(training.Samples),
            seconds: Formatting.Number(training.Seconds, 0), speed: Formatting.Number(training.SamplesPerSecond, 0)));
        var part = training.Exits.Count > 0 ? $"{training.Exits[0].Part}, n = {Formatting.Count(training.Exits[0].Count)}" : "";
        var losses = training.Exits.Any(exit => exit.Losses.Count > 0);
        var temperatures = training.Exits.Any(exit => exit.Temperature is not null);
        string[] headings =
        [
            "Exit|tier", "#Accuracy|[95 %]", .. losses ? ["#Loss|first → last"] : (string[])[],
            .. temperatures ? ["#Temperature|of the plan"] : (string[])[],
        ];
        html.Table(
            ReportSentences.FormatExitsCaption(part: part), TableKind.Plain, headings,
            training.Exits.Select(exit => Row(exit, losses, temperatures)));
        NoteList.Write(html, ReportSentences.TrainingNotes, training.Warnings);
    }

    private static Cell[] Row(ExitSummary exit, bool losses, bool temperatures) =>
    [
        new Cell($"layer {exit.Layer}") { Second = exit.Tier },
        new Cell(Formatting.Percent(exit.Accuracy))
        {
            Second = Formatting.Interval(exit.AccuracyInterval.Lower, exit.AccuracyInterval.Upper),
        },
        .. losses
            ? [new Cell(exit.Losses.Count == 0 ? "–" : $"{Formatting.Number(exit.Losses[0], 2)} → {Formatting.Number(exit.Losses[^1], 2)}")]
            : (Cell[])[],
        .. temperatures ? [new Cell(exit.Temperature is { } t ? Formatting.Number(t, 2) : "–")] : (Cell[])[],
    ];

    private static void Term(HtmlWriter html, string term, string meaning) => html.Element("dt", term).Element("dd", meaning);
}
