namespace Dimec.Fuzzing.Tests;

/// <summary>A parser that breaks a promise is found out.</summary>
public class FuzzRunnerTests
{
    [Theory]
    [InlineData("nothing", null)]
    [InlineData("another exception", "System.FormatException")]
    [InlineData("a promise", "it lies")]
    [InlineData("an allocation", "allocated")]
    [InlineData("a pause", "took")]
    public void What_is_broken_is_said(string broken, string? reason)
    {
        using var target = new BadTarget(broken);
        var report = new FuzzReport(target.Name);
        var found = FuzzRunner.Failure(target, [1, 2, 3], report);
        if (reason is null)
            Assert.Null(found);
        else
            Assert.Contains(reason, found, StringComparison.Ordinal);
        Assert.Equal(reason is null ? 1 : 0, report.Accepted);
    }

    [Fact]
    public void A_seed_gives_the_same_inputs_again()
    {
        using var target = new BadTarget("nothing");
        var (one, other) = (new FuzzRunner(7), new FuzzRunner(8));
        Assert.Equal(one.Input(target, 5), new FuzzRunner(7).Input(target, 5));
        Assert.NotEqual(one.Input(target, 5), one.Input(target, 6));
        Assert.NotEqual(one.Input(target, 5), other.Input(target, 5));
    }

    private sealed class BadTarget(string broken) : FuzzTarget
    {
        public override string Name => "bad";

        public override string What => broken;

        public override byte[] Make(Random random)
        {
            var bytes = new byte[8];
            random.NextBytes(bytes);
            return bytes;
        }

        private static void Compute()
        {
            var began = Environment.CpuUsage.TotalTime;
            while (Environment.CpuUsage.TotalTime - began <= FuzzRunner.Limit + TimeSpan.FromMilliseconds(200))
                Thread.SpinWait(1000);
        }

        public override Verdict Run(byte[] input)
        {
            switch (broken)
            {
                case "another exception": throw new FormatException();
                case "a promise": throw new BrokenPromiseException("it lies");
                case "an allocation": return new byte[64 << 20].Length > 0 ? Verdict.Accepted : Verdict.Refused;
                case "a pause": Compute(); break;
                default: break;
            }

            return Verdict.Accepted;
        }
    }
}
