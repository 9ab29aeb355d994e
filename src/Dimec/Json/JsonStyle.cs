using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dimec.Json;

/// <summary>How the files that people open are written.</summary>
public static class JsonStyle
{
    /// <summary>Indented, and with letters of every script as they are: the files are UTF-8 and never pasted into HTML.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
