using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Predictions;
using Dimec.Routing;
using Dimec.Routing.Plans;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec plan</c> over a router's table.</summary>
/// <param name="context">What the command got.</param>
internal sealed class TablePlan(CommandContext context)
{
    /// <summary>Plans.</summary>
    /// <param name="file">The table.</param>
    /// <param name="higher">What a high score means.</param>
    /// <param name="maxDrop">The drop that the call allows; null where it names none.</param>
    /// <param name="promise">What is to be promised; null for nothing.</param>
    /// <param name="calibration">The table that tests it; null for the calibration part of the first.</param>
    /// <param name="output">The plan to write.</param>
    /// <param name="json">Whether it is printed.</param>
    public int Run(
        string file, ScoreDirection higher, double? maxDrop, PromiseOptions? promise, string? calibration, string output, bool json)
    {
        var table = RouterTable.Read(file);
        var tested = promise is null ? null : Calibration(table, calibration);
        var madeFrom = new SortedDictionary<string, string>(StringComparer.Ordinal) { [file] = FileHash.Of(file) };
        if (tested is not null && calibration is not null)
            madeFrom[calibration] = FileHash.Of(calibration);
        var planner = new RouterPlanner(new RouterRequest(table.Part(PartNames.Selection), higher, madeFrom));
        var outcome = tested is null ? planner.Plan(maxDrop ?? new PlanningOptions().MaxDrop) : planner.Plan(tested, promise!);
        switch (outcome)
        {
            case RouterOutcome.Planned planned:
                AtomicFile.Write(output, planned.Plan.Write);
                Print(planned.Plan, output, json);
                return ExitCodes.Done;
            case RouterOutcome.NotPossible impossible:
                context.Console.WriteWarning($"not possible: {impossible.Reason}");
                if (promise is not null)
                {
                    AtomicFile.Write(output, impossible.Fallback.Write);
                    context.Console.WriteNote($"{output} leaves everything to {impossible.Fallback.Words}.");
                }

                return ExitCodes.NotPossible;
            default:
                throw new InvalidOperationException("An outcome is planned or not possible.");
        }
    }

    private static RouterTable Calibration(RouterTable table, string? file)
    {
        if (file is not null)
            return RouterTable.Read(file).Part(PartNames.Calibration);
        if (table.Parts is null)
        {
            throw new InputException(
                table.Name, "has no column part, and a promise is tested on samples that had no say in the plan",
                "name a table of such samples with --calibration, or mark rows as selection and as calibration");
        }

        return table.Part(PartNames.Calibration);
    }

    private void Print(RouterPlan plan, string output, bool json)
    {
        if (json)
        {
            context.Console.WriteJson(File.ReadAllText(output));
            return;
        }

        RouterTables.Write(context.Console, plan);
        if (plan.Promise is { } promise)
        {
            foreach (var sentence in RouterTables.Promise(promise))
                context.Console.WriteLine(sentence);
        }

        foreach (var note in plan.Notes)
            context.Console.WriteNote(note);
        context.Console.WriteLine($"The plan is in {output}.");
    }
}
