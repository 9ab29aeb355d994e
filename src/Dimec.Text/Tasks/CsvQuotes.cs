using System.Globalization;

namespace Dimec.Text.Tasks;

/// <summary>Traces of a writer that puts fields in quotes, as CSV has them and the TSV that is read here has not.</summary>
internal sealed class CsvQuotes
{
    private const byte Quote = (byte)'"';
    private int _rows;
    private int _quoted;
    private int _doubled;

    /// <summary>Whether the lines that come belong to a text that was reported already.</summary>
    private bool _isInside;

    /// <summary>The row, by its line, in which a quote opened that does not close in it; 0 where the last row has none.</summary>
    private int _openedAt;

    /// <summary>Looks at a line before it is taken for a row.</summary>
    /// <returns>True where it goes on with a text that was reported already.</returns>
    public bool GoesOn(ReadOnlySpan<byte> line, int width, int columns)
    {
        if (!_isInside || width == columns)
            return _isInside = false;
        _isInside = line.Count(Quote) % 2 == 0;
        return true;
    }

    /// <summary>What quotes have to do with a line that is short of columns; null for nothing.</summary>
    public string? Explain(ReadOnlySpan<byte> line)
    {
        var opens = Opens(line);
        _isInside = opens || (_openedAt > 0 && line.Count(Quote) % 2 == 0);
        if (opens)
            return "a quote opens in it that does not close";
        if (_openedAt > 0)
            return string.Create(CultureInfo.InvariantCulture, $"a quote opened in line {_openedAt} that does not close there");
        return line.Contains(Quote) ? "it holds a quote" : null;
    }

    /// <summary>Counts a row.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="line">Its line.</param>
    /// <param name="number">The line's number.</param>
    public void Count(string text, ReadOnlySpan<byte> line, int number)
    {
        _openedAt = Opens(line) ? number : 0;
        _rows++;
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
            return;
        _quoted++;
        var inner = text[1..^1];
        if (inner.Contains("\"\"", StringComparison.Ordinal)
            && !inner.Replace("\"\"", "", StringComparison.Ordinal).Contains('"', StringComparison.Ordinal))
        {
            _doubled++;
        }
    }

    /// <summary>A sentence where the texts seem to be quoted by a writer and not by those who wrote them; null otherwise.</summary>
    public string? Note(string path) => _doubled > 0 || (_quoted > 1 && _quoted * 2 > _rows)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{_quoted} of {_rows} texts of {path} stand in quotes{(_doubled > 0 ? ", with quotes inside doubled" : "")}, as a CSV "
            + $"writer puts them; here quotes are part of the text. If they are not meant, write the file without them, or as .jsonl.")
        : null;

    /// <summary>Whether a field begins with a quote that does not close in it.</summary>
    private static bool Opens(ReadOnlySpan<byte> line)
    {
        foreach (var range in line.Split((byte)'\t'))
        {
            var field = line[range];
            if (field.StartsWith("\""u8) && field.Count(Quote) % 2 == 1)
                return true;
        }

        return false;
    }
}
