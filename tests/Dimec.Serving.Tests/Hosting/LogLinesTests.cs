using System.Diagnostics;
using Dimec.Serving.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dimec.Serving.Tests.Hosting;

public class LogLinesTests
{
    [Fact]
    public void What_a_caller_sent_neither_steers_a_terminal_nor_begins_a_line()
    {
        using var log = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Dimec.Test", new EventId(7), "a\e[2J\nwarn: b\u009b\u202e", new IOException("c\r\nd"), (state, _) => state);
        new LogLines().Write(entry, null, log);
        Assert.Equal("warn: Dimec.Test[7] a [2J warn: b   IOException\n", log.ToString());
    }

    [Fact]
    public void A_line_ends_with_the_trace_of_its_request()
    {
        using var log = new StringWriter { NewLine = "\n" };
        using var request = new Activity("request")
            .SetParentId(ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"), ActivitySpanId.CreateRandom()).Start();
        new LogLines().Write(
            new LogEntry<string>(LogLevel.Error, "Dimec.Test", new EventId(7), "a", null, (state, _) => state), null, log);
        Assert.Equal("fail: Dimec.Test[7] a trace=4bf92f3577b34da6a3ce929d0e0e4736\n", log.ToString());
    }
}
