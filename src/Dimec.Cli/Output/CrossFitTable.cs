using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Parts;
using Dimec.Reporting;

namespace Dimec.Cli.Output;

/// <summary>
/// A cross-fitted evaluation as a table for people, with how far the part is from the one that choices are usually
/// made on, where the two can be compared.
/// </summary>
internal static class CrossFitTable
{
    public static void Write(ToolConsole console, CrossFitDocument fitted, EnergyDistanceTest? shift)
    {
        console.WriteLine($"{fitted.Part}, n = {Formatting.Count(fitted.N)}, cross-fitted: "
            + $"planned on one half, read on the other, both ways, mean of {fitted.Halvings} halvings");
        var table = FigureTable.Of(
            ["policy", "saved\n%", "drop [95 %]\npoints", "accuracy\n%", $"cost\n{fitted.Costs.Unit}", "plans that kept\nthe drop, %"]);
        foreach (var policy in fitted.Policies)
        {
            table.Add(
            [
                policy.Name,
                Formatting.Number(policy.Reduction * 100, 1),
                policy.Name == fitted.Costs.Tiers[^1].Name
                    ? "–"
                    : Formatting.Points(policy.Drop, policy.DropInterval.Lower, policy.DropInterval.Upper),
                Formatting.Number(policy.Accuracy * 100, 1),
                Formatting.Cost(policy.Cost, ""),
                Formatting.Number(policy.Planned * 100, 0),
            ]);
        }

        console.Tables.Write(table);
        if (shift is null)
            return;
        console.WriteNote(
            $"selection and {fitted.Part} are {Formatting.Number(shift.Coefficient, 3)} apart (energy distance, 0 alike … 1; "
            + $"p = {Formatting.Number(shift.PValue, 3)}, {Formatting.Count(shift.First)} and "
            + $"{Formatting.Count(shift.Second)} samples, no labels).");
    }
}
