using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Cli.Studies;
using Dimec.Files;
using Dimec.Reporting;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec study</c>: many trainings, everything measured of them, one report.</summary>
internal sealed class StudyCommand(CommandContext context) : ICliCommand
{
    private readonly StudyOptions _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print every policy over the seeds as JSON." };

    public Command Build()
    {
        var command = new Command("study", "Trains over tasks and seeds, measures every policy, and writes one report.");
        _options.AddTo(command);
        command.Add(_json);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var settings = _options.Settings(parsed);
        var folder = new StudyFolder(settings.Training.Out);
        var data = Load(settings, stop);
        using var claim = folder.Claim();
        Leftovers.Remove(folder.Path);
        settings = StudyPrecision.Settled(settings, folder, data, context.Console, stop);
        var results = new StudyResults(settings, folder);
        StudyRecord.Write(folder, settings, context.CommandLine);
        new StudyRunner(context.Console, context.Time).Run(new StudyPlan(settings, folder, results, data, context).Steps(), stop);
        var inputs = new StudyGathering(settings, folder, results, context.CommandLine).Inputs();
        AtomicFile.Write(folder.Report, stream => StudyReport.Write(inputs, stream));
        AtomicFile.WriteText(folder.Tables, Text(inputs));
        if (parsed.GetValue(_json))
            context.Console.WriteJson(StudyAnswer.Json(settings, results, folder));
        else
            Print(settings, results, folder);
        return ExitCodes.Done;
    }

    private void Print(StudySettings settings, StudyResults results, StudyFolder folder)
    {
        foreach (var task in settings.Tasks)
        {
            foreach (var structure in settings.Structures)
                StudyScreen.Write(context.Console, task.Name, results.Seeds(task, structure).Value);
            if (settings.Ablation is not null)
                StudyScreen.Write(context.Console, task.Name, results.Worth(task).Value);
            foreach (var variant in settings.Variants)
                StudyScreen.Write(context.Console, task.Name, results.Change(task, variant).Value);
        }

        context.Console.WriteLine($"The report is in {folder.Report}, its tables are in {folder.Tables}.");
    }

    private static string Text(StudyInputs inputs)
    {
        using var text = new StringWriter();
        StudyTables.Write(inputs, text);
        return text.ToString();
    }

    /// <summary>Reads every task before hours are spent on the first one.</summary>
    private static Dictionary<string, TaskData> Load(StudySettings settings, CancellationToken stop)
    {
        var errors = new InputErrors();
        var data = settings.Tasks.Select(task => (task.Name, Data: errors.Try(() => task.Data(settings.Seeds[0]).Load(stop)))).ToArray();
        errors.ThrowIfAny();
        return data.ToDictionary(task => task.Name, task => task.Data!);
    }
}
