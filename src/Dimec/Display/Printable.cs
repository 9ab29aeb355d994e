using System.Globalization;
using System.Text;

namespace Dimec.Display;

/// <summary>
/// Makes anybody's text fit to be shown: nothing in it may steer a terminal, turn the reading direction of what follows, or begin a line.
/// </summary>
public static class Printable
{
    /// <summary>True where nothing in a text would steer: it may be shown as it is, and used as a name.</summary>
    /// <param name="text">Anybody's text.</param>
    public static bool IsPlain(string text) => !text.Any(Steers);

    /// <summary>The text on one line: what would steer becomes a blank.</summary>
    /// <param name="text">Anybody's text.</param>
    public static string Line(string text) => text.Any(Steers)
        ? string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = Steers(from[i]) ? ' ' : from[i];
        })
        : text;

    /// <summary>
    /// The text as one field of a line with tabs between them: what would steer is written as <c>\t</c>, <c>\n</c>,
    /// <c>\r</c> or <c>\u001B</c>.
    /// </summary>
    /// <param name="text">Anybody's text.</param>
    public static string Field(string text) => Escape(text, Steers);

    /// <summary>The same JSON, with those letters escaped that JSON may hold as they are. Blanks between values stay.</summary>
    /// <param name="json">A document of JSON.</param>
    public static string Json(string json) => Escape(json, letter => letter > '~' && Steers(letter));

    private static string Escape(string text, Func<char, bool> escaped)
    {
        if (!text.Any(escaped))
            return text;
        var field = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                _ when !escaped(letter) => field.Append(letter),
                '\t' => field.Append("\\t"),
                '\n' => field.Append("\\n"),
                '\r' => field.Append("\\r"),
                _ => field.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
            };
        }

        return field.ToString();
    }

    /// <summary>Control characters, breaks of lines and paragraphs, marks of reading direction and of byte order.</summary>
    private static bool Steers(char letter) => char.IsControl(letter)
        || letter is '\u2028'
            or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
