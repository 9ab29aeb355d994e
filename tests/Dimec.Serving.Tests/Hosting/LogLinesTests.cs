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
        Assert.Equal("warn: Dimec.Test[7] a [2J warn: b   System.IO.IOException: c  d\n", log.ToString());
    }
}
