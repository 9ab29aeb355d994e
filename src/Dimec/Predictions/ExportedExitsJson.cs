using System.Text.Json;
using Dimec.Json;

namespace Dimec.Predictions;

/// <summary>The JSON of <see cref="ExportedExits"/>: <c>{"precision":"int8","bundle":"…","processor":"x64-vnni"}</c>.</summary>
public static class ExportedExitsJson
{
    /// <summary>Reads the object's keys.</summary>
    /// <param name="json">The object; other keys of it are the caller's.</param>
    public static ExportedExits Read(JsonObjectReader json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new ExportedExits(
            json.Choice<ModelPrecision>("precision") ?? default, json.String("bundle"), json.Choice<ProcessorKind>("processor") ?? default);
    }

    /// <summary>Reads the object by itself.</summary>
    /// <param name="json">The object's text.</param>
    /// <param name="where">How errors name it.</param>
    /// <exception cref="InputException">Everything that is wrong with it.</exception>
    internal static ExportedExits Read(ReadOnlySpan<byte> json, string where)
    {
        using var stream = new MemoryStream(json.ToArray());
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var reader = new JsonObjectReader(document.RootElement, where, "", errors);
        var exits = Read(reader);
        reader.NoOtherKeys();
        errors.ThrowIfAny();
        return exits;
    }

    /// <summary>Writes the object's keys.</summary>
    /// <param name="exits">What they say.</param>
    /// <param name="json">Where to, in an object.</param>
    public static void Write(ExportedExits exits, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(exits);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteString("precision", ChoiceNames.Of(exits.Precision));
        json.WriteString("bundle", exits.Bundle);
        json.WriteString("processor", ChoiceNames.Of(exits.Processor));
    }
}
