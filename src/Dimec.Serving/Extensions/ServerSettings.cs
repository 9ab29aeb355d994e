using Dimec.OpenInference.Grpc.Messages;
using Microsoft.Extensions.Logging;
using LogValue = Dimec.OpenInference.Grpc.Messages.LogSettingsResponse.Types.SettingValue;
using TraceValue = Dimec.OpenInference.Grpc.Messages.TraceSettingResponse.Types.SettingValue;

namespace Dimec.Serving.Extensions;

/// <summary>What is traced and logged, under Triton's names.</summary>
internal static class ServerSettings
{
    /// <summary>Nothing is traced: what Triton says of itself where it was told nothing else.</summary>
    public static TraceSettingResponse Trace => new()
    {
        Settings =
        {
            ["trace_level"] = Value("OFF"),
            ["trace_rate"] = Value("1000"),
            ["trace_count"] = Value("-1"),
            ["log_frequency"] = Value("0"),
            ["trace_file"] = Value(""),
            ["trace_mode"] = Value("triton"),
        },
    };

    /// <summary>What is logged.</summary>
    /// <param name="log">The tier's log.</param>
    public static LogSettingsResponse Log(ILogger log) => new()
    {
        Settings =
        {
            ["log_file"] = new LogValue { StringParam = "" },
            ["log_info"] = new LogValue { BoolParam = log.IsEnabled(LogLevel.Information) },
            ["log_warning"] = new LogValue { BoolParam = log.IsEnabled(LogLevel.Warning) },
            ["log_error"] = new LogValue { BoolParam = log.IsEnabled(LogLevel.Error) },
            ["log_verbose_level"] = new LogValue { Uint32Param = log.IsEnabled(LogLevel.Debug) ? 1u : 0 },
            ["log_format"] = new LogValue { StringParam = "default" },
        },
    };

    private static TraceValue Value(string value) => new() { Value = { value } };
}
