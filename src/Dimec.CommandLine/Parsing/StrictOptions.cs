using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dimec.CommandLine.Parsing;

/// <summary>
/// Reads the options of a command as they are written or not at all. The usual parsers take <c>0,5</c> for 5 and <c>１２</c> for 12.
/// </summary>
public static partial class StrictOptions
{
    /// <summary>Makes a command's options strict.</summary>
    public static Command Apply(Command command)
    {
        foreach (var option in command.Options)
        {
            switch (option)
            {
                case Option<int> number:
                    number.CustomParser = result => (int)(Whole(result, option, int.MinValue, int.MaxValue) ?? 0);
                    break;
                case Option<int?> number:
                    number.CustomParser = result => (int?)Whole(result, option, int.MinValue, int.MaxValue);
                    break;
                case Option<long> number:
                    number.CustomParser = result => Whole(result, option, long.MinValue, long.MaxValue) ?? 0;
                    break;
                case Option<double> number:
                    number.CustomParser = result => Real(result, option) ?? 0;
                    break;
                case Option<double?> number:
                    number.CustomParser = result => Real(result, option);
                    break;
                case Option<string> when !MayBeEmpty(option.Name):
                    option.Validators.Add(result => RefuseEmpty(result, result.Tokens, option.Name));
                    break;
            }
        }

        foreach (var argument in command.Arguments.OfType<Argument<string>>())
            argument.Validators.Add(result => RefuseEmpty(result, result.Tokens, argument.Name));

        return command;
    }

    /// <summary>
    /// What is wrong with values that are joined to their options: the parser would take the next word for one that is empty,
    /// and a flag's for a text.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="args">The command line.</param>
    public static IEnumerable<InputError> Joined(Command command, IEnumerable<string> args)
    {
        foreach (var arg in args.TakeWhile(arg => arg != "--"))
        {
            var end = arg.AsSpan().IndexOfAny('=', ':');
            if (end < 0 || command.Options.FirstOrDefault(option => arg.AsSpan(0, end).SequenceEqual(option.Name)) is not { } option)
                continue;
            if (option.Arity.MaximumNumberOfValues == 0)
                yield return new InputError(arg, "has a value, and the option takes none", $"write {option.Name} alone, or leave it out");
            else if (end == arg.Length - 1)
                yield return new InputError(option.Name, "is empty", "write what it is to be");
        }
    }

    /// <summary>
    /// Joined with a file's name, an empty folder would be the current one. Only a table's column may have no name, and a label that is
    /// left out none.
    /// </summary>
    private static bool MayBeEmpty(string option) => option.EndsWith("-column", StringComparison.Ordinal) || option == "--drop-label";

    /// <summary>A whole number, as it is written or not at all.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="where">Where: the option, or the key of a configuration.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    /// <param name="refuse">Gets what is wrong with it.</param>
    /// <returns>The number; null where it is none.</returns>
    public static long? Whole(string text, string where, long least, long most, Action<InputError> refuse)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        if (Digits().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        refuse(new InputError(
            $"{where} {text}", "is no whole number",
            string.Create(CultureInfo.InvariantCulture, $"write digits with nothing between them, for at most {most}")));
        return null;
    }

    /// <summary>A number, as it is written or not at all.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="where">Where: the option, or the key of a configuration.</param>
    /// <param name="refuse">Gets what is wrong with it.</param>
    /// <returns>The number; null where it is none.</returns>
    public static double? Real(string text, string where, Action<InputError> refuse)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(refuse);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Decimal().IsMatch(text) && double.IsFinite(number) && (number != 0 || !Nonzero().IsMatch(text)))
        {
            return number;
        }

        if (Decimal().IsMatch(text))
        {
            refuse(new InputError(
                $"{where} {text}", "is no number that can be held", number == 0 ? "write a larger one, or 0" : "write a smaller one"));
            return null;
        }

        var point = text.Replace(',', '.');
        var fix = Thousands().IsMatch(text)
            ? $"write {point} for the fraction, or {text.Replace(",", "", StringComparison.Ordinal)} for thousands"
            : Decimal().IsMatch(point) ? $"write {point}, with a point"
            : "write one such as 0.1 or 2e-5";
        refuse(new InputError($"{where} {text}", "is no number", fix));
        return null;
    }

    private static long? Whole(ArgumentResult result, Option option, long least, long most) => result.Tokens is [{ Value: var text }]
        ? Whole(text, option.Name, least, most, error => result.AddError(error.ToString()))
        : null;

    private static double? Real(ArgumentResult result, Option option) => result.Tokens is [{ Value: var text }]
        ? Real(text, option.Name, error => result.AddError(error.ToString()))
        : null;

    private static void RefuseEmpty(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            result.AddError(new InputError(name, "is empty", "write what it is to be").ToString());
    }

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Decimal();

    /// <summary>A digit other than 0 before the exponent.</summary>
    [GeneratedRegex(@"^[-0.]*[1-9]")]
    private static partial Regex Nonzero();

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}(,[0-9]{3})\z")]
    private static partial Regex Thousands();
}
