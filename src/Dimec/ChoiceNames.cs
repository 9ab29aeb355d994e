using System.Text.Json;

namespace Dimec;

/// <summary>
/// The words by which options and files name the values of a choice: an enum's names in kebab case, e.g. <c>low-confidence</c>.
/// </summary>
public static class ChoiceNames
{
    /// <summary>The word for a value.</summary>
    /// <param name="value">One of the enum's values.</param>
    /// <typeparam name="T">The choice.</typeparam>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The words for all values, the default first.</summary>
    /// <typeparam name="T">The choice.</typeparam>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The value that a word stands for; null where it stands for none.</summary>
    /// <param name="name">The word, exactly as <see cref="Of"/> gives it.</param>
    /// <typeparam name="T">The choice.</typeparam>
    public static T? Find<T>(string name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == name)
                return value;
        }

        return null;
    }
}
