using Dimec.Evaluation.Tallies;
using Dimec.Reporting;

namespace Dimec.Cli.Output;

/// <summary>Published policies in their own tally, as a table for people that says at once what it leaves out.</summary>
internal static class TallyTable
{
    public static void Write(ToolConsole console, TallyDocument document)
    {
        console.WriteLine($"{document.Part}, n = {Formatting.Count(document.N)}, published tally of SplitEE (not all work charged): "
            + $"λ = {Formatting.Number(SplitTally.Layer, 1)} a layer, L = {document.Layers}, mean of {document.Orders} orders");
        var table = FigureTable.Of(["policy", "o", "threshold", "saved\n%", "drop\npoints", "accuracy\n%", "cost"]);
        foreach (var row in document.Rows)
        {
            table.Add(
            [
                row.Policy,
                Formatting.Number(row.Offload, 1),
                Formatting.Number(row.Threshold, 2),
                Formatting.Number(row.Reduction * 100, 1),
                Formatting.Number(row.Drop * 100, 1),
                Formatting.Number(row.Accuracy * 100, 1),
                Formatting.Number(row.Cost, 3),
            ]);
        }

        console.Tables.Write(table);
        console.WriteNote("What the cloud computes is not charged there, nor that it starts over, "
            + "so these savings are to be compared with published ones alone.");
    }
}
