using System.Buffers;
using System.Text.Unicode;

namespace Dimec.Cli.Commands;

/// <summary>The texts that a command line names: themselves, a file with a text a line, or standard input.</summary>
internal static class TextLines
{
    /// <summary>The texts, read as they are asked for.</summary>
    /// <param name="texts">The texts of the command line; <c>-</c> alone stands for standard input.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="input">Standard input.</param>
    /// <exception cref="InputException">There are none, both are given, or the file cannot be read as UTF-8.</exception>
    public static IEnumerable<string> Of(string[] texts, string? file, TextReader input)
    {
        if (file is null)
        {
            if (texts.Length == 0)
                throw new InputException("TEXT", "is missing", "give texts, --file FILE, or - for standard input");
            return texts is ["-"] ? Rest(input) : texts;
        }

        if (texts.Length > 0)
            throw new InputException($"--file {file}", "is given beside texts", "give the one or the other");
        if (!File.Exists(file))
            throw new InputException($"--file {file}", Directory.Exists(file) ? "is a folder, not a file" : "does not exist", "check the path");
        RequireUtf8(file);
        return File.ReadLines(file);
    }

    private static IEnumerable<string> Rest(TextReader input)
    {
        while (input.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Looks through the whole file first, so that a line that is no text stops the command before anything is answered.</summary>
    private static void RequireUtf8(string file)
    {
        using var stream = File.OpenRead(file);
        var (bytes, characters) = (new byte[1 << 16], new char[1 << 16]);
        var (kept, line) = (0, 1);
        while (true)
        {
            var read = stream.Read(bytes.AsSpan(kept));
            var filled = bytes.AsSpan(0, kept + read);
            var status = Utf8.ToUtf16(filled, characters, out var used, out _, replaceInvalidSequences: false, isFinalBlock: read == 0);
            line += filled[..used].Count((byte)'\n');
            if (status == OperationStatus.InvalidData)
                throw new InputException($"--file {file} line {line}", "is not valid UTF-8", "save the file as UTF-8");
            if (read == 0)
                return;
            filled[used..].CopyTo(bytes);
            kept = filled.Length - used;
        }
    }
}
