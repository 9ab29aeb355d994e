using System.CommandLine.Parsing;
using System.Globalization;

namespace Dimec.Cli;

/// <summary>What is wrong with a command line, in sentences for people who do not know what an Int32 is.</summary>
internal static class CallErrors
{
    public static string Sentence(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [var token], Option: var option } && Mistake(token.Value, option.ValueType) is var (problem, fix)
            ? new InputError($"{option.Name} {token.Value}", problem, fix).ToString()
            : error.Message;

    private static (string Problem, string Fix)? Mistake(string text, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int) && !int.TryParse(text, CultureInfo.InvariantCulture, out _))
            return ("is no whole number", string.Create(CultureInfo.InvariantCulture, $"write digits, for at most {int.MaxValue}"));
        if (type == typeof(long) && !long.TryParse(text, CultureInfo.InvariantCulture, out _))
            return ("is no whole number", string.Create(CultureInfo.InvariantCulture, $"write digits, for at most {long.MaxValue}"));
        if (type == typeof(double) && !double.TryParse(text, CultureInfo.InvariantCulture, out _))
            return ("is no number", "write one such as 0.1");
        return null;
    }
}
