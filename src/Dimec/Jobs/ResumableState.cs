using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Jobs;

/// <summary>How far a resumable file is, and of what it is made: the file beside it.</summary>
/// <param name="Origin">What it is made of, by what that is called.</param>
/// <param name="Steps">The steps that are in it.</param>
/// <param name="Bytes">Their length; what stands behind was being written when its writer was stopped.</param>
/// <param name="Counts">What its writer counts on.</param>
internal sealed record ResumableState(
    IReadOnlyDictionary<string, string> Origin, long Steps, long Bytes, IReadOnlyDictionary<string, long> Counts)
{
    private const int Format = 1;

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">It is no such file.</exception>
    public static ResumableState Read(string path)
    {
        using var stream = InputFile.OpenRead(path);
        using var document = JsonObjectReader.Parse(stream, path);
        var errors = new InputErrors();
        var reader = new JsonObjectReader(document.RootElement, path, "", errors);
        reader.Format(Format);
        var (steps, bytes) = (Whole("steps"), Whole("bytes"));
        var origin = reader.StringsByName("origin");
        var counts = reader.NumbersByName("counts").ToDictionary(count => count.Key, count => (long)count.Value);
        errors.ThrowIfAny();
        return new ResumableState(origin, steps, bytes, counts);

        long Whole(string key)
        {
            var number = reader.Long(key) ?? 0;
            if (number < 0)
                reader.Problem(key, $"is {number}", "remove the file, and begin anew");
            return number;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteNumber("steps", Steps);
        json.WriteNumber("bytes", Bytes);
        json.WriteStartObject("origin");
        foreach (var (name, value) in Origin)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("counts");
        foreach (var (name, count) in Counts)
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
