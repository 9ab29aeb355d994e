using System.Text;

namespace Dimec.Inference.Security;

/// <summary>An API key as text; no sentence holds it.</summary>
internal static class ApiKeyText
{
    /// <summary>What is wrong with a text that is none.</summary>
    public const string Problem = "is no API key: 16 to 512 letters, digits and signs of ASCII without a space";

    /// <summary>What to do about it.</summary>
    public const string Fix = "give what dimec key printed";

    private const int Least = 16;
    private const int Most = 512;

    /// <summary>Whether it can be one: it has to fit into a header.</summary>
    public static bool IsKey(string text) => text.Length is >= Least and <= Most && text.All(sign => sign is > ' ' and < (char)127);

    /// <summary>The key in a file.</summary>
    /// <exception cref="InputException">It holds none, or something else.</exception>
    public static string Of(string path, byte[] text)
    {
        var key = Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(text.Length, 4 * Most))).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        return IsKey(key) && text.Length <= 2 * Most ? key : throw new InputException(path, Problem, Fix);
    }
}
