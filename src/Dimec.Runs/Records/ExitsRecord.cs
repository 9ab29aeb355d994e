using System.Text.Json;
using Dimec.Files;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Runs.Records;

/// <summary>
/// The content of <c>exits.json</c>, in a folder whose predictions are what a bundle's models say: which bundle, and the trained model that
/// it was exported from, so that a plan made there can be exported with that model.
/// </summary>
/// <param name="Exits">The bundle.</param>
/// <param name="Model">SHA-256 of the run's files of the trained model, by their paths inside the run; empty where no run was given.
/// </param>
public sealed record ExitsRecord(ExportedExits Exits, IReadOnlyDictionary<string, string> Model)
{
    private const int Format = 1;

    /// <summary>Reads a folder's record.</summary>
    /// <param name="run">The folder.</param>
    /// <returns>Null where it has none: its predictions are a trained model's.</returns>
    /// <exception cref="InputException">The record is malformed, or of a later format.</exception>
    public static ExitsRecord? Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!File.Exists(run.Exits))
            return null;
        using var stream = InputFile.OpenRead(run.Exits);
        using var document = JsonObjectReader.Parse(stream, run.Exits);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, run.Exits, "", errors);
        json.Format(Format);
        var record = new ExitsRecord(ExportedExitsJson.Read(json), json.StringsByName("model"));
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return record;
    }

    /// <summary>Writes the record into a folder.</summary>
    /// <param name="run">The folder.</param>
    public void Write(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        AtomicFile.Write(run.Exits, stream =>
        {
            using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            ExportedExitsJson.Write(Exits, json);
            json.WriteStartObject("model");
            foreach (var (file, hash) in Model)
                json.WriteString(file, hash);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
