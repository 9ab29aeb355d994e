namespace Dimec;

/// <summary>
/// What the options are called that errors and notes speak of. A library knows an option by its property; a program by its flag, or by a
/// key of its configuration, and says so once, when it starts. So a sentence is written in one place and reads right wherever it comes out:
/// on a screen, in a report or in the record of a run.
/// </summary>
public static class OptionNames
{
    private static IReadOnlyDictionary<string, string> s_names = new Dictionary<string, string>();

    /// <summary>What an option is called.</summary>
    /// <param name="owner">The type that has it, e.g. <c>ReaderOptions</c>.</param>
    /// <param name="property">The property, e.g. <c>Limit</c>.</param>
    /// <returns>The program's name for it, e.g. <c>--limit</c>; the property where the program has none.</returns>
    public static string Of(string owner, string property) => s_names.GetValueOrDefault($"{owner}.{property}", property);

    /// <summary>Says what this program calls its options: once, before anything of the libraries is called.</summary>
    /// <param name="names">By <c>Owner.Property</c>, the program's names.</param>
    public static void Use(IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        s_names = names;
    }
}
