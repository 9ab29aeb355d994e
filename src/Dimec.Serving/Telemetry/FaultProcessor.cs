using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Dimec.Serving.Telemetry;

/// <summary>
/// Leaves of an exception what it is and where it was thrown, as the lines of the console do: its own words may hold whatever was in its
/// way.
/// </summary>
internal sealed class FaultProcessor : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } fault)
            return;
        data.Exception = null;
        data.Attributes = [.. data.Attributes ?? [], new("exception.type", FaultName.Of(fault))];
    }
}
