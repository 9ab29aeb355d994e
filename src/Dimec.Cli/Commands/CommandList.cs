using System.CommandLine;
using Dimec.CommandLine.Parsing;
using Dimec.CommandLine.Serve;

namespace Dimec.Cli.Commands;

/// <summary>Every command of the tool, in the order of the help and of a run.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> Create(CommandContext context) =>
        new ICliCommand[]
        {
            new DemoCommand(context),
            new TrainCommand(context),
            new MapCommand(context),
            new FilterCommand(context),
            new PlanCommand(context),
            new EvaluateCommand(context),
            new ReportCommand(context),
            new StudyCommand(context),
            new ExportCommand(context),
            new SignCommand(context),
            new DeployCommand(context),
            new RollbackCommand(context),
            new PredictCommand(context),
            new KeyCommand(context),
            new ServeCommand(context.Console),
            new ClassifyCommand(context),
            new ReplanCommand(context),
            new MeasureCommand(context),
        }.Select(command => StrictOptions.Apply(command.Build()));
}
