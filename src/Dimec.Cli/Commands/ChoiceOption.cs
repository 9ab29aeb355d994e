using System.CommandLine;

namespace Dimec.Cli.Commands;

/// <summary>An option whose value is the name of one of an enum's values.</summary>
internal static class ChoiceOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What is chosen; the names are added to it.</param>
    /// <param name="byDefault">What is chosen where the call names nothing: <see cref="Value"/> has to be told it as well.
    /// By default the first.</param>
    /// <typeparam name="T">The choice.</typeparam>
    public static Option<string?> Create<T>(string name, string description, T byDefault = default)
        where T : struct, Enum =>
        new(name) { Description = $"{description}: {string.Join(" or ", ChoiceNames.All<T>())} (default: {ChoiceNames.Of(byDefault)})." };

    /// <summary>The value that a call names.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="option">The option.</param>
    /// <param name="before">The value where the call names none.</param>
    /// <param name="errors">Gets a name that is not known.</param>
    /// <typeparam name="T">The choice.</typeparam>
    public static T Value<T>(ParseResult parsed, Option<string?> option, T before, InputErrors errors)
        where T : struct, Enum
    {
        if (parsed.GetValue(option) is not { } name)
            return before;
        if (ChoiceNames.Find<T>(name) is { } value)
            return value;
        errors.Add($"{option.Name} {name}", "is not known", $"use one of {string.Join(", ", ChoiceNames.All<T>())}");
        return before;
    }
}
