using Dimec.Planning.Promises.Procedures;
using Dimec.Policies;
using Dimec.Reporting;
using Dimec.Studies.Promises;

namespace Dimec.Cli.Output;

/// <summary>Redrawn promises as a table for people and as JSON for programs.</summary>
internal static class PromiseTables
{
    /// <summary>The cheapest plan of all policies by the default procedure and bounds; all else is in the report.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="name">Whose exits they are.</param>
    /// <param name="redraws">The redraws.</param>
    public static void Write(ToolConsole console, string name, PromiseRedraws redraws)
    {
        console.WriteLine($"{name}: at most {Formatting.Points(redraws.MaxDrop)} points promised on each of "
            + $"{Formatting.Count(redraws.Draws)} redraws from {Formatting.Count(redraws.Population)} samples");
        var table = FigureTable.Of(["counted", "n", "broken [95 %]\n%", "found\n%", "saved\n%", "saved without\n%", "best\n%"]);
        foreach (var chain in redraws.Chains.Where(chain => chain.Policy == PolicyList.Any))
        {
            foreach (var count in chain.Counts.Where(count =>
                (count.Procedure, count.Bound) == (PromiseProcedures.All[0].Name, chain.Bound)))
            {
                table.Add(
                [
                    $"{chain.Loss}, {chain.Bound}",
                    Formatting.Count(count.Samples),
                    Formatting.Points(
                        count.Broken / (double)count.Draws, count.BrokenInterval.Lower, count.BrokenInterval.Upper),
                    Formatting.Points(count.Found / (double)count.Draws),
                    Formatting.Points(count.Saved),
                    chain.Unpromised is { } plan ? Formatting.Points(plan.Saved) : "–",
                    Formatting.Points(chain.BestSaved),
                ]);
            }
        }

        console.Tables.Write(table);
    }

    /// <summary>Every count, for a program.</summary>
    /// <param name="redraws">The redraws.</param>
    public static object Json(PromiseRedraws redraws) => new
    {
        draws = redraws.Draws,
        confidence = redraws.Confidence,
        maxDrop = redraws.MaxDrop,
        population = redraws.Population,
        chains = redraws.Chains.Concat(redraws.Known).Select(chain => new
        {
            policy = chain.Policy,
            loss = chain.Loss,
            bound = chain.Bound,
            plans = chain.Plans,
            leastLoss = chain.LeastLoss,
            bestSaved = chain.BestSaved,
            unpromised = chain.Unpromised is { } plan ? new { saved = plan.Saved, loss = plan.Loss } : null,
            counts = chain.Counts.Select(count => new
            {
                procedure = count.Procedure,
                bound = count.Bound,
                samples = count.Samples,
                found = count.Found,
                broken = count.Broken,
                brokenInterval = (double[])[count.BrokenInterval.Lower, count.BrokenInterval.Upper],
                saved = count.Saved,
            }),
        }),
    };
}
