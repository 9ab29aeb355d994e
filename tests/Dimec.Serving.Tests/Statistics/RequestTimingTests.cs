using Dimec.Serving.Statistics;

namespace Dimec.Serving.Tests.Statistics;

public class RequestTimingTests
{
    [Fact]
    public void A_request_is_timed_by_what_it_waits_for()
    {
        var clock = new HandClock();
        var timing = new RequestTiming(clock);
        clock.Pass(1);
        var rows = timing.Makes(() =>
        {
            clock.Pass(4);
            return "rows";
        });
        Assert.Equal("rows", rows());
        clock.Pass(2);
        timing.Runs();
        clock.Pass(8);
        timing.HasRun(3);
        clock.Pass(16);
        Assert.Equal((2, 4, 8, 16, 31), (In(timing.Queue), In(timing.Input), In(timing.Infer), In(timing.Output), In(timing.Whole)));
        Assert.Equal(3, timing.Rows);
    }

    [Fact]
    public void What_was_not_come_to_took_no_time()
    {
        var clock = new HandClock();
        var timing = new RequestTiming(clock);
        timing.Makes(() => 0);
        clock.Pass(5);
        Assert.Equal((0, 0, 0, 0, 5), (In(timing.Queue), In(timing.Input), In(timing.Infer), In(timing.Output), In(timing.Whole)));
        timing.Runs();
        clock.Pass(3);
        timing.HasRun(1);
        Assert.Equal((0, 0, 3, 0), (In(timing.Queue), In(timing.Input), In(timing.Infer), In(timing.Output)));
    }

    private static int In(TimeSpan duration) => (int)duration.TotalMilliseconds;

    internal sealed class HandClock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_000_000 + _milliseconds);

        public void Pass(int milliseconds) => _milliseconds += milliseconds;
    }
}
