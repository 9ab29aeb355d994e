using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Studies;

/// <summary>What <c>--precision auto</c> comes to in a study: one answer for all its trainings, so that its seeds differ in nothing else.</summary>
internal static class StudyPrecision
{
    /// <summary>The study with the answer: that of the trainings that were begun already, or else what is measured now on the first task.</summary>
    /// <param name="settings">A study.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="data">The tasks' data, read already.</param>
    /// <param name="console">Gets a line that says what was measured and taken.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="InputException">A training's record is broken.</exception>
    public static StudySettings Settled(StudySettings settings, StudyFolder folder, IReadOnlyDictionary<string, TaskData> data, ToolConsole console, CancellationToken stop)
    {
        if (settings.Training.Precision != Precision.Auto)
            return settings;
        var runs = Runs(settings, folder).ToArray();
        var run = runs.FirstOrDefault(run => File.Exists(run.Record)) ?? runs[0];
        var backbone = Backbones.Load(settings.Training.Backbone);
        var choice = Trainer.ChoosePrecision(settings.Training with { Out = run.Path }, data[settings.Tasks[0].Name], backbone, stop);
        console.WriteProgress(choice.Sentence);
        return settings with { Training = settings.Training with { PrecisionChoice = choice } };
    }

    private static IEnumerable<RunFolder> Runs(StudySettings settings, StudyFolder folder) =>
    [
        .. settings.Seeds.SelectMany(_ => settings.Tasks, (seed, task) => folder.Run(task.Name, seed)),
        .. settings.Tasks.SelectMany(_ => settings.Variants, (task, variant) => folder.Run(task.Name, settings.Seeds[0], variant)),
    ];
}
