using System.Globalization;
using Dimec.Costs;
using Dimec.Planning;

namespace Dimec.Tests;

public class CultureTests
{
    /// <summary>Files are JSON whatever the user's country, so a sentence must show a number as the file has it.</summary>
    [Fact]
    public void Numbers_in_sentences_are_written_as_in_the_files()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            var error = TextFiles.Error(() => _ = new CostStructure("ms", [new("a", 1, -1.5, 0), new("b", 2, 1, 0)], []));
            Assert.Equal("is negative (-1.5)", error.Problem);
            var part = RandomExits.Worked(
                "selection", (0, [(false, 0.6), (true, 0.7), (true, 0.9)]), (1, [(true, 0.6), (true, 0.7), (true, 0.9)]));
            var outcome = new Planner(new PlanRequest { Selection = new(part), Costs = CostStructure.Default([2, 4, 6]) }).Plan("mobile");
            Assert.Contains("0.5 points", Assert.IsType<PlanOutcome.NotPossible>(outcome).Reason);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
