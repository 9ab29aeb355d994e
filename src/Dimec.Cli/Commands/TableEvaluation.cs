using Dimec.Cli.Output;
using Dimec.Evaluation;
using Dimec.Files;
using Dimec.Routing;
using Dimec.Routing.Plans;
using Dimec.Runs.Evaluations;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec evaluate</c> over a router's table.</summary>
/// <param name="context">What the command got.</param>
internal sealed class TableEvaluation(CommandContext context)
{
    /// <summary>Evaluates.</summary>
    /// <param name="file">The table.</param>
    /// <param name="part">The part that is reported.</param>
    /// <param name="higher">What a high score means; null for what the plan says, and for the strong tier without one.</param>
    /// <param name="planFile">The plan; null for none.</param>
    /// <param name="output">The file that it is written to; null for none.</param>
    /// <param name="json">Whether it is printed as JSON.</param>
    public int Run(string file, string part, ScoreDirection? higher, string? planFile, string? output, bool json)
    {
        if (!EvaluationInputs.Parts.Contains(part))
            throw new InputException($"--part {part}", "is no part", $"use one of {string.Join(", ", EvaluationInputs.Parts)}");
        var plan = planFile is null ? null : RouterPlan.Read(planFile);
        var table = RouterTable.Read(file).Part(part);
        plan?.RequireTiersOf(table, planFile!);
        if (plan is not null && higher is { } named && named != plan.Route.Higher)
        {
            throw new InputException(
                $"--higher {ChoiceNames.Of(named)}", $"is not what {planFile} was made with ({ChoiceNames.Of(plan.Route.Higher)})",
                "leave it out: the plan says it");
        }

        var evaluation = RouterEvaluation.Of(table, plan?.Route.Higher ?? higher ?? ScoreDirection.Strong, plan, new EvaluationOptions());
        if (output is not null)
            AtomicFile.Write(output, evaluation.Write);
        if (plan is not null && table.Parts is null && plan.MadeFrom.Values.Contains(FileHash.Of(file)))
            context.Console.WriteWarning($"warning: {planFile} was chosen on these rows; what they say of it is too good.");
        if (json)
        {
            using var stream = new MemoryStream();
            evaluation.Write(stream);
            context.Console.WriteJson(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
            return ExitCodes.Done;
        }

        RouterTables.Write(context.Console, evaluation);
        if (output is not null)
            context.Console.WriteLine($"The evaluation is in {output}.");
        return ExitCodes.Done;
    }
}
