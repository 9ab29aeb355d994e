using System.Globalization;
using System.Text.Json;
using Dimec.Planning;

namespace Dimec.Reporting.Html;

/// <summary>The exact commands, settings, versions and hashes.</summary>
internal static class ProvenanceSection
{
    public static void Write(HtmlWriter html, Provenance made, Plan? plan) => html.Section("made", "How it was made", _ =>
    {
        html.Element("h3", "Commands");
        html.Element("pre", string.Join('\n', made.Commands), ("tabindex", "0"));
        foreach (var (heading, table) in Tables(made, plan))
        {
            html.Element("h3", heading);
            html.Table(table);
        }
    });

    /// <summary>The tables that have any rows, each with its heading.</summary>
    public static IEnumerable<(string Heading, ReportTable Table)> Tables(Provenance made, Plan? plan) =>
        new[]
        {
            Pairs("Settings", "Setting", made.Settings), Pairs("Plan", "Parameter", plan is null ? [] : Parameters(plan)),
            Pairs("Versions", "What", made.Versions), ("Files", Files(made.Files)),
        }.Where(table => table.Item2.Rows.Count > 0);

    private static ReportTable Files(IReadOnlyList<ProvenanceFile> files) => new(
        "Files by SHA-256", TableKind.Plain, ["File|bytes", "SHA-256"],
        [
            .. files.Select(file => (Cell[])
            [
                new Cell(file.Name) { Second = Formatting.Count(file.Size) },
                new Cell(file.Sha256) { Write = cell => cell.Element("code", file.Sha256) },
            ]),
        ]);

    private static (string, ReportTable) Pairs(string heading, string first, IEnumerable<KeyValuePair<string, string>> pairs) =>
        (heading, new ReportTable(
            heading, TableKind.Pairs, [first, "Value"], [.. pairs.Select(pair => (Cell[])[new Cell(pair.Key), new Cell(pair.Value)])]));

    /// <summary>The plan's parameters, without what is too long to read (centroids).</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parameters(Plan plan)
    {
        const int longest = 200;
        yield return new("policy", plan.Policy);
        foreach (var parameter in plan.ParametersJson().EnumerateObject())
        {
            var text = Readable(parameter.Value);
            yield return new(
                parameter.Name,
                text.Length <= longest ? text : ReportSentences.FormatLongParameter(letters: Formatting.Count(text.Length)));
        }
    }

    private static string Readable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Readable)),
        JsonValueKind.Object =>
            string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name}: {Readable(property.Value)}")),
        // Six digits tell settings apart; the plan's file has all of them.
        JsonValueKind.Number => value.GetDouble().ToString("G6", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
