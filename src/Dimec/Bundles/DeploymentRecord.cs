using System.Text.Json;
using Dimec.Display;
using Dimec.Json;

namespace Dimec.Bundles;

/// <summary>
/// The file <c>deployed.json</c> in a folder of deployments, which has a folder beside it for each revision that is kept:
/// <c>{"format":1,"current":"3-0f3a9c21d4e5","revisions":["2-77b0c1e9aa02","3-0f3a9c21d4e5"]}</c>. It is replaced by a rename, so that who
/// reads it gets one revision or the other.
/// </summary>
/// <param name="Current">The folder of the revision that is to be served.</param>
/// <param name="Revisions">The folders of all that are kept, in the order in which they were deployed; the current one is among them.
/// </param>
public sealed record DeploymentRecord(string Current, IReadOnlyList<string> Revisions)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>The file's name.</summary>
    public const string FileName = "deployed.json";

    private const int HashDigits = 12;

    /// <summary>What the folder of a bundle is called: its revision and the beginning of its hash.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="hash">SHA-256 of its <c>bundle.json</c>, in hexadecimal.</param>
    public static string NameOf(int revision, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{revision}-{hash[..HashDigits]}");
    }

    /// <summary>Reads the file and checks it.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static DeploymentRecord Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(Format);
        var record = new DeploymentRecord(json.String("current"), json.Strings("revisions"));
        json.NoOtherKeys();
        if (errors.Count == 0)
            Check(record, json);
        errors.ThrowIfAny();
        return record;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("current", Current);
        json.WriteStrings("revisions", Revisions);
        json.WriteEndObject();
    }

    /// <summary>Names must not lead out of the folder.</summary>
    private static void Check(DeploymentRecord record, JsonObjectReader json)
    {
        foreach (var (place, name) in record.Revisions.Index())
        {
            if (name.Length == 0 || name.StartsWith('.') || name.AsSpan().ContainsAny('/', '\\', ':') || !Printable.IsPlain(name))
                json.Problem($"revisions[{place}]", $"is '{name}', no plain name of a folder", "deploy again into a new folder");
        }

        if (record.Revisions.Distinct().Count() != record.Revisions.Count)
            json.Problem("revisions", "name a folder twice", "deploy again into a new folder");
        if (!record.Revisions.Contains(record.Current))
            json.Problem("current", $"is '{record.Current}', which is none of revisions", "name one of them");
    }
}
