using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Reporting;
using Dimec.Studies;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;

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
        var (settings, training) = _options.Read(parsed);
        using var study = Study.Begin(settings, new StudyTrainer(training, context), context.CommandLine, stop);
        study.Run(context.Console.WriteStep, context.Time, stop);
        var inputs = StudyInputs.Of(settings, study.Folder, study.Results, context.CommandLine);
        AtomicFile.Write(study.Folder.Report, stream => StudyReport.Write(inputs, stream));
        AtomicFile.WriteText(study.Folder.Tables, Text(inputs));
        if (parsed.GetValue(_json))
            context.Console.WriteJson(StudyAnswer.Json(settings, study.Results, study.Folder));
        else
            Print(settings, study.Results, study.Folder);
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
            foreach (var seed in settings.PromiseDraws == 0 ? [] : settings.Seeds)
                PromiseTables.Write(context.Console, $"{task.Name}, seed {seed}", results.Promises(task, seed).Value);
            foreach (var variant in settings.Variants)
                StudyScreen.Write(context.Console, task.Name, results.Change(task, variant).Value);
        }

        if (settings.PromiseDraws > 0)
            PromiseTables.Write(context.Console, "made exits", results.MadePromises().Value);
        context.Console.WriteLine($"The report is in {folder.Report}, its tables are in {folder.Tables}.");
    }

    private static string Text(StudyInputs inputs)
    {
        using var text = new StringWriter();
        StudyTables.Write(inputs, text);
        return text.ToString();
    }
}
