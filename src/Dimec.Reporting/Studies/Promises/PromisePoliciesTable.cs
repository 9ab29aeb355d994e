using Dimec.Planning.Promises.Procedures;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>Promises redrawn, a policy and a loss a row, tested as they are unless another procedure or bound is asked for.</summary>
internal static class PromisePoliciesTable
{
    public static ReportTable Of(IReadOnlyList<PromiseRedraws> seeds)
    {
        var redrawn = new RedrawnSeeds(seeds, seed => seed.Chains);
        var places = Enumerable.Range(0, redrawn.Sizes).ToArray();
        return new ReportTable(
            TableCaptions.FormatPromisePolicies(
                draws: Formatting.Count(seeds[0].Draws), seeds: StudyNames.Seeds(seeds.Count),
                population: Formatting.Count(seeds[0].Population), maxDrop: Formatting.Points(seeds[0].MaxDrop),
                procedure: PromiseProcedures.All[0].Name),
            TableKind.Sortable,
            [
                "Policy|counted", "#Plans", .. places.SelectMany(place => new[]
                {
                    $"#Broken|{redrawn.Size(place)}", $"#Found, saved|{redrawn.Size(place)}",
                }),
                "#Without it|saved, loses", "#Best|saved",
            ],
            [.. redrawn.Keys.Select(key => Row(redrawn, key, places))]);
    }

    private static Cell[] Row(RedrawnSeeds redrawn, (string Policy, string Loss) key, int[] places)
    {
        var chains = redrawn.Chains(key);
        UnpromisedPlan[] unpromised = [.. chains.Select(chain => chain.Unpromised).OfType<UnpromisedPlan>()];
        return
        [
            new Cell(key.Policy) { Second = $"{key.Loss}, {chains[0].Bound}", RowClass = RowClass(key.Policy) },
            SeedCells.Mean(chains.Select(chain => (double)chain.Plans), SeedCells.Number(0)),
            .. places.Select(place => redrawn.Count(key, PromiseProcedures.All[0].Name, chains[0].Bound, place))
                .SelectMany(count => new[] { RedrawCells.Broken(count), RedrawCells.Found(count) }),
            unpromised.Length == 0 ? SeedCells.None : Unpromised(unpromised),
            SeedCells.Mean(chains.Select(chain => chain.BestSaved), value => Formatting.Percent(value)),
        ];
    }

    private static string RowClass(string policy) => policy == Dimec.Policies.PolicyList.Any ? "chosen" : "row";

    private static Cell Unpromised(UnpromisedPlan[] plans)
    {
        var saved = plans.Average(plan => plan.Saved);
        return new Cell(Formatting.Percent(saved), saved) { Second = $"{Formatting.Number(100 * plans.Average(plan => plan.Loss), 2)} %" };
    }
}
