using Dimec.Cli.Output;
using Dimec.Files;

namespace Dimec.Cli.Studies;

/// <summary>The file <c>study.json</c>: what was asked for, for who finds the folder later; and the cost structures, for who goes on from its runs.</summary>
internal static class StudyRecord
{
    public static void Write(StudyFolder folder, StudySettings settings, string command)
    {
        var text = Text(settings, command);
        // A report of what was asked for before would stand beside this record until the study is done.
        if (File.Exists(folder.Record) && !InputFile.ReadAllBytes(folder.Record).AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(text)))
        {
            AtomicFile.Delete(folder.Report);
            AtomicFile.Delete(folder.Tables);
        }

        AtomicFile.WriteText(folder.Record, text);
        foreach (var structure in settings.Structures)
            AtomicFile.Write(folder.Costs(structure), structure.Write);
    }

    private static string Text(StudySettings settings, string command) => JsonLine.Of(new
    {
        format = 1,
        command,
        tasks = settings.Tasks.ToDictionary(task => task.Name, task => task.Spec),
        seeds = settings.Seeds,
        depths = settings.Structures.Select(structure => structure.Tiers.Select(tier => tier.Depth)),
        exits = settings.Training.Exits,
        backbone = settings.Training.Backbone,
        epochs = settings.Training.Epochs,
        precision = ChoiceNames.Of(settings.Training.PrecisionChoice?.Taken ?? settings.Training.Precision),
        precisionAsked = ChoiceNames.Of(settings.Training.Precision),
        bf16Speed = settings.Training.PrecisionChoice?.Bf16Speed,
        maxDrop = settings.Choices.Options.MaxDrop,
        halvings = settings.Halvings,
        sweepSteps = settings.SweepSteps,
    }) + "\n";
}
