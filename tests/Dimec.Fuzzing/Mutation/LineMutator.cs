using System.Text;

namespace Dimec.Fuzzing.Mutation;

/// <summary>Changes tables and lists of lines: cells, separators, quotes, ends of lines, numbers as other languages write them.</summary>
internal static class LineMutator
{
    private const int Largest = 4 << 20;

    private static readonly string[] s_cells =
    [
        "", " ", "0", "1", "-1", "1e400", "NaN", "Infinity", "1,5", "0x10", "1_000", "99999999999999999999", "true", "a", "\"a\"",
            "\"a,b\"", "\"a\"\"b\"", "\"",
        "\"\"", "a\"b", "é", "\u2028", "\u0085", "\u001b[0m", "\0", "[UNK]", "##a", "\uFEFF", "\u00a0", "١", "1.0", "+1", "1e-400", "id",
            "score", "gold", "label",
    ];

    /// <summary>The text with some changes, as bytes.</summary>
    /// <param name="random">Decides which.</param>
    /// <param name="text">Lines, each ended by LF.</param>
    /// <param name="separator">What stands between cells.</param>
    public static byte[] Mutate(Random random, string text, char separator)
    {
        List<List<string>> lines = [.. text.TrimEnd('\n').Split('\n').Select(line => (List<string>)[.. line.Split(separator)])];
        for (var changes = random.Next(1, 5); changes > 0 && lines.Count > 0; changes--)
            Change(random, lines, lines[random.Next(3) == 0 ? 0 : random.Next(lines.Count)]);
        var end = random.Next(12) switch { 0 => "\r\n", 1 => random.Next(4) == 0 ? "\r" : "\n", _ => "\n" };
        var whole = string.Join(end, lines.Select(cells => string.Join(separator, cells))) + (random.Next(6) == 0 ? "" : end);
        var bytes = Encoding.UTF8.GetBytes(whole);
        return random.Next(16) == 0 ? ByteMutator.Mutate(random, bytes, random.Next(1, 3)) : bytes;
    }

    private static void Change(Random random, List<List<string>> lines, List<string> cells)
    {
        var place = random.Next(cells.Count);
        switch (random.Next(400) == 0 ? 8 : random.Next(8))
        {
            case 0 when cells.Count > 1:
                cells.RemoveAt(place);
                break;
            case 1:
                cells.Insert(place, s_cells[random.Next(s_cells.Length)]);
                break;
            case 2:
                lines.Insert(random.Next(lines.Count + 1), [.. cells]);
                break;
            case 3 when lines.Count > 1:
                lines.Remove(cells);
                break;
            case 4:
                (cells[place], cells[^1]) = (cells[^1], cells[place]);
                break;
            case 5:
                cells[place] += s_cells[random.Next(s_cells.Length)];
                break;
            case 8:
                Enlarge(random, lines, cells, place);
                break;
            default:
                cells[place] = s_cells[random.Next(s_cells.Length)];
                break;
        }
    }

    private static void Enlarge(Random random, List<List<string>> lines, List<string> cells, int place)
    {
        // No more than some megabytes of it.
        var many = Math.Min(random.Next(1_000, 30_000), Largest / (1 + cells.Sum(cell => cell.Length + 1)));
        switch (random.Next(4))
        {
            case 0: cells[place] = new string(s_cells[random.Next(s_cells.Length)].FirstOrDefault('"'), 10 * many); break;
            case 1: cells.AddRange(Enumerable.Range(0, many).Select(i => $"c{i}")); break;
            case 2: lines.AddRange(Enumerable.Repeat(cells, many)); break;
            default:
                lines.AddRange(Enumerable.Range(0, many).Select(i => (List<string>)[.. cells[..place], $"n{i}",
                .. cells[(place + 1)..]])); break;
        }
    }
}
