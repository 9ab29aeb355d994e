using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dimec.CommandLine.Serve;

/// <summary>How <see cref="ReadyLine"/> is written; made at compile time, as a trimmed tier has no reflection for it.</summary>
[JsonSerializable(typeof(ReadyLine))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ReadyJson : JsonSerializerContext
{
    /// <summary>The line goes to a terminal or a program, never into a page: letters beyond ASCII stay as they are.</summary>
    public static ReadyJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
