using System.Text;
using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Cli.Demo;

/// <summary>The file <c>served.jsonl</c>: its first line names the bundle, then a line a sample.</summary>
internal static class ServedFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes the answers and the seconds that they took.</summary>
    public static void Write(string path, string bundle, IEnumerable<ServedAnswer> answers, double seconds) => AtomicFile.WriteText(
        path,
        string.Concat(answers
            .Select(answer => JsonSerializer.Serialize(answer, s_json))
            .Prepend(JsonSerializer.Serialize(new Header(bundle, seconds), s_json))
            .Select(line => line + "\n")));

    /// <summary>
    /// The answers of an earlier call with the same bundle and samples, and the seconds that they took; null where there are none.
    /// </summary>
    public static (IReadOnlyList<ServedAnswer> Answers, double Seconds)? Read(string path, string bundle, IReadOnlyList<string> guids)
    {
        if (!File.Exists(path))
            return null;
        string[] lines = [.. Lines(path)];
        try
        {
            if (lines.Length != guids.Count + 1
                || Of<Header>(lines[0], path) is not { } header || header.Bundle != bundle)
            {
                return null;
            }

            var answers = lines
                .Skip(1)
                .Select(line => Of<ServedAnswer>(line, path))
                .OfType<ServedAnswer>()
                .ToArray();
            return answers.Select(answer => answer.Guid).SequenceEqual(guids) ? (answers, header.Seconds) : null;
        }
        catch (Exception broken) when (broken is JsonException or InputException)
        {
            // Whoever wrote into it: the samples are served again.
            return null;
        }
    }

    private static T? Of<T>(string line, string path)
    {
        using var document = JsonInput.ParseLine(Encoding.UTF8.GetBytes(line), path);
        return document.Deserialize<T>(s_json);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(InputFile.OpenRead(path));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private sealed record Header(string Bundle, double Seconds);
}
