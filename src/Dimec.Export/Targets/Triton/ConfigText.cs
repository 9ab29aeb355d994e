using System.Globalization;
using System.Text;

namespace Dimec.Export.Targets.Triton;

/// <summary>The text format of protocol buffers, as a model's configuration is written in.</summary>
internal sealed class ConfigText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>A field of letters.</summary>
    public void String(string field, string value) => Line($"{field}: {Quoted(value)}");

    /// <summary>A field of a number.</summary>
    public void Value(string field, int value) => Line(string.Create(CultureInfo.InvariantCulture, $"{field}: {value}"));

    /// <summary>A field of what is written as it is: a list, or one of an enum's names.</summary>
    public void Value(string field, string value) => Line($"{field}: {value}");

    /// <summary>A field of fields.</summary>
    public void Message(string field, Action fields)
    {
        var before = _text.Length;
        Line($"{field} {{");
        var begun = _text.Length;
        _depth++;
        fields();
        _depth--;
        if (_text.Length > begun)
        {
            Line("}");
            return;
        }

        _text.Length = before;
        Line($"{field} {{ }}");
    }

    /// <summary>A parameter of the model.</summary>
    public void Parameter(string key, string value) =>
        Line($"parameters {{ key: {Quoted(key)} value {{ string_value: {Quoted(value)} }} }}");

    /// <summary>A line for those who read it.</summary>
    public void Comment(string text) => Line($"# {text}");

    public override string ToString() => _text.ToString();

    private void Line(string line) => _text.Append(' ', 2 * _depth).Append(line).Append('\n');

    /// <summary>Every byte that is no plain letter as three octal digits, as the format has it.</summary>
    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in Encoding.UTF8.GetBytes(value))
        {
            if (letter is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\')
                quoted.Append((char)letter);
            else
                quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
        }

        return quoted.Append('"').ToString();
    }
}
