using Dimec.Costs;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies.Sweeps;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Studies</c>.</summary>
internal static class StudySnippets
{
    public static void Sweep(PlanRequest request, RecordedExits dev)
    {
        var structures = CostGrid.Around(CostStructure.Default([2, 4, 6]));
        var sweep = CostSweep.Run(request, dev, structures, done: null, CancellationToken.None);
        foreach (var standing in sweep.Standings())
        {
            Console.WriteLine(
                $"{standing.Policy}: wins at {standing.Wins} of {sweep.Rows.Count}, saves {standing.MeanLoss:P1} less than the winner");
        }
    }
}
