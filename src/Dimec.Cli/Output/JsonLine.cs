using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Display;

namespace Dimec.Cli.Output;

/// <summary>An answer as one line of JSON, for a program that reads standard output.</summary>
internal static class JsonLine
{
    // The line goes to a terminal or a file, never into a page: letters beyond ASCII stay as they are.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(object answer) => Printable.Json(JsonSerializer.Serialize(answer, s_options));
}
