using System.IO.Pipelines;
using Dimec.OpenInference;
using Dimec.Serving.Admission;
using Dimec.Serving.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dimec.Serving.Tests.Admission;

/// <summary>Who has to make room, by a clock that is moved.</summary>
public class InFlightBytesTests
{
    [Fact]
    public async Task A_body_makes_room_for_another_once_it_has_taken_a_second()
    {
        var time = new SteppedTime();
        using var requests = new InFlightRequests(
            new DimecTierOptions { MaxInFlightBytes = 100 }, Options.Create(new HostOptions()), new IdleLifetime(), time,
            NullLogger<InFlightRequests>.Instance);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
        using var slow = requests.Begin(new Caller());
        var read = await slow.ReadAsync(pipe.Reader);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        slow.Keep(90);
        using var other = requests.Begin(new Caller());

        time.Advance(TimeSpan.FromMilliseconds(999));
        var full = Assert.Throws<ProtocolException>(() => other.Keep(50));
        Assert.Equal(ProtocolStatus.Full, full.Status);

        time.Advance(TimeSpan.FromMilliseconds(1));
        other.Keep(50);
        var ended = await Assert.ThrowsAsync<ProtocolException>(async () => await slow.ReadAsync(pipe.Reader));
        Assert.Contains("the body took more than a second to arrive", ended.Message, StringComparison.Ordinal);
    }

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
