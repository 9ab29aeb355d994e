using System.Globalization;
using System.Text.Json;

namespace Dimec.Fuzz;

/// <summary>Which share of each parser's lines was reached, of coverlet's own report.</summary>
internal static class CoverageTable
{
    private const double Least = 0.9;

    /// <summary>Prints the table: the parsers below nine tenths, with the lines that were not reached, and all of them together.</summary>
    /// <param name="report">The report, as JSON.</param>
    /// <param name="parsers">The parsers' files, a path in the repository a line.</param>
    /// <returns>The exit code.</returns>
    public static int Print(string report, string parsers)
    {
        var lines = Lines(report);
        var (reached, all, below) = (0, 0, 0);
        foreach (var parser in File.ReadAllLines(parsers))
        {
            var found = lines.FirstOrDefault(file => file.Key.EndsWith($"/{parser}", StringComparison.Ordinal)).Value ?? [];
            var hit = found.Values.Count(hits => hits > 0);
            (reached, all) = (reached + hit, all + found.Count);
            if (found.Count > 0 && hit >= Least * found.Count)
                continue;
            below++;
            var missed = string.Join(' ', found.Where(line => line.Value == 0).Select(line => line.Key).Order());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parser}: {hit} of {found.Count} lines; not {missed}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"parsers: {reached} of {all} lines, {(double)reached / all:P1}; {below} files below {Least:P0}"));
        return 0;
    }

    /// <summary>How often each line of each file was reached.</summary>
    private static Dictionary<string, Dictionary<int, int>> Lines(string report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(report));
        var files = new Dictionary<string, Dictionary<int, int>>();
        foreach (var file in document.RootElement.EnumerateObject().SelectMany(module => module.Value.EnumerateObject()))
        {
            var lines = files[file.Name.Replace('\\', '/')] = [];
            foreach (var method in file.Value.EnumerateObject().SelectMany(type => type.Value.EnumerateObject()))
            {
                foreach (var line in method.Value.GetProperty("Lines").EnumerateObject())
                {
                    var number = int.Parse(line.Name, CultureInfo.InvariantCulture);
                    lines[number] = Math.Max(lines.GetValueOrDefault(number), line.Value.GetInt32());
                }
            }
        }

        return files;
    }
}
