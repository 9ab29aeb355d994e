namespace Dimec;

/// <summary>
/// What the options are called that errors and notes speak of. A library knows an option by its property; a program by its flag, or by a
/// key of its configuration, and says so once, when it starts. So a sentence is written in one place and reads right wherever it comes out:
/// on a screen, in a report or in the record of a run.
/// </summary>
/// <remarks>
/// The names are the process's, not a call's. A sentence leaves a library by many doors: as an error, in the notes of <c>run.json</c>, in
/// a plan, in a result of a study, in a report. Names handed from call to call would pass through nearly every signature of the
/// libraries, and a sentence with a placeholder would have to be completed at each of the doors, or a file would hold the placeholder. A
/// program has one set of flags for as long as it runs, and a library sets none.
/// </remarks>
public static class OptionNames
{
    /// <summary>The record that has the options of a training. What a training builds on does not see it.</summary>
    private const string OfTraining = "TrainingArguments";

    private static IReadOnlyDictionary<string, string> s_names = new Dictionary<string, string>();

    /// <summary>What an option is called.</summary>
    /// <param name="property">The property's name, e.g. <c>nameof(ReaderOptions.Limit)</c>.</param>
    /// <typeparam name="TOwner">The type that has the property.</typeparam>
    /// <returns>The program's name for it, e.g. <c>--limit</c>; the property where the program has none.</returns>
    public static string Of<TOwner>(string property) => Of(Key<TOwner>(property), property);

    /// <summary>What an option of a training is called.</summary>
    /// <param name="option">The option.</param>
    /// <returns>The program's name for it, e.g. <c>--exits</c>; the property where the program has none.</returns>
    public static string Of(TrainingOption option) => Of($"{OfTraining}.{option}", $"{option}");

    /// <summary>What an argument of a call is called.</summary>
    /// <param name="argument">The argument.</param>
    /// <returns>The program's name for it, e.g. <c>--out</c>; the value's own where the program has none.</returns>
    public static string Of(CallArgument argument) => Of(Key(argument), $"{argument}");

    /// <summary>What a program's table of names has before a name of its own.</summary>
    /// <param name="property">The property's name.</param>
    /// <typeparam name="TOwner">The type that has the property.</typeparam>
    public static string Key<TOwner>(string property) => $"{typeof(TOwner).Name}.{property}";

    /// <summary>What a program's table of names has before a name of its own.</summary>
    /// <param name="argument">The argument.</param>
    public static string Key(CallArgument argument) => $"{nameof(CallArgument)}.{argument}";

    /// <summary>Says what this program calls its options: once, before anything of the libraries is called.</summary>
    /// <param name="names">The program's names, by <see cref="Key{TOwner}(string)"/> and <see cref="Key(CallArgument)"/>.</param>
    public static void Use(IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        s_names = names;
    }

    private static string Of(string key, string unnamed) => s_names.GetValueOrDefault(key, unnamed);
}
