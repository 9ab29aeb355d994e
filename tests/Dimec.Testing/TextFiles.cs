using System.Text;

namespace Dimec.Testing;

/// <summary>Files made of text, and the errors that reading them gives.</summary>
public static class TextFiles
{
    public static Stream Stream(string content) => new MemoryStream(Encoding.UTF8.GetBytes(content));

    public static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The errors of input that must be refused.</summary>
    public static IReadOnlyList<InputError> Errors(Action read) => Assert.Throws<InputException>(read).Errors;

    /// <summary>The one error of input that must be refused.</summary>
    public static InputError Error(Action read) => Assert.Single(Errors(read));
}
