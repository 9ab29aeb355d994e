using System.Globalization;
using System.Text.Json;

namespace Dimec.Reporting.Html;

/// <summary>The exact commands, settings, versions and hashes.</summary>
internal static class ProvenanceSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs) => html.Section("made", "How it was made", _ =>
    {
        var made = inputs.Provenance;
        html.Element("h3", "Commands");
        html.Element("pre", string.Join('\n', made.Commands), ("tabindex", "0"));
        Pairs(html, "Settings", "Setting", made.Settings);
        if (inputs.Plan is { } plan)
            Pairs(html, "Plan", "Parameter", Parameters(plan));
        Pairs(html, "Versions", "What", made.Versions);
        if (made.Files.Count == 0)
            return;
        html.Element("h3", "Files");
        html.Table("Files by SHA-256", TableKind.Plain, ["File|bytes", "SHA-256"],
            made.Files.Select(file => (Cell[])
            [
                new Cell(file.Name) { Second = Formatting.Count(file.Size) },
                new Cell(file.Sha256) { Write = cell => cell.Element("code", file.Sha256) },
            ]));
    });

    private static void Pairs(HtmlWriter html, string heading, string first, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var rows = pairs.Select(pair => (Cell[])[new Cell(pair.Key), new Cell(pair.Value)]).ToList();
        if (rows.Count == 0)
            return;
        html.Element("h3", heading);
        html.Table(heading, TableKind.Pairs, [first, "Value"], rows);
    }

    /// <summary>The plan's parameters, without what is too long to read (centroids).</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parameters(Planning.Plan plan)
    {
        const int longest = 200;
        yield return new("policy", plan.Policy);
        if (plan.Parameters.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var parameter in plan.Parameters.EnumerateObject())
        {
            var text = Readable(parameter.Value);
            yield return new(parameter.Name, text.Length <= longest ? text : $"({Formatting.Count(text.Length)} characters; see plan.json)");
        }
    }

    private static string Readable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Readable)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name}: {Readable(property.Value)}")),
        // Six digits tell settings apart; the plan's file has all of them.
        JsonValueKind.Number => value.GetDouble().ToString("G6", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
