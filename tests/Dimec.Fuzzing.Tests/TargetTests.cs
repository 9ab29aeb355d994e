namespace Dimec.Fuzzing.Tests;

/// <summary>The short form of the campaign that <c>bench/Dimec.Fuzz</c> runs: a few inputs of each target, the same ones each
/// time.</summary>
public class TargetTests
{
    private const int Seed = 1;

    public static TheoryData<int> Targets => [.. Enumerable.Range(0, TargetList.All.Count)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Hostile_inputs_are_taken_or_refused_in_a_sentence(int place)
    {
        using var target = TargetList.All[place]();
        var report = new FuzzReport(target.Name);
        new FuzzRunner(Seed).Run(target, target.Share < 1 ? 50 : 120, report);
        Assert.True(
            report.FailureCount == 0,
            string.Join('\n', report.Failures.Select(failure => $"{target.Name} {failure.Index}: {failure.Reason}")));
        Assert.InRange(report.PastFirstStage, 0.5, 1);
        Assert.True(report.Accepted > 0, $"Nothing that was made for {target.Name} is taken.");
    }
}
