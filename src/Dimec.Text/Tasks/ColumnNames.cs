using System.Globalization;

namespace Dimec.Text.Tasks;

/// <summary>
/// Where a row's text, second text and label stand: names in a header or keys, or without a header numbers from 0. Null where
/// there is none to be read.
/// </summary>
internal sealed record ColumnNames(string Text, string? Pair, string? Label)
{
    /// <summary>The columns that are read, with the option that names each.</summary>
    public IEnumerable<(string Option, string Name)> Named
    {
        get
        {
            yield return (ReaderOptionNames.TextColumn, Text);
            if (Pair is not null)
                yield return (ReaderOptionNames.PairColumn, Pair);
            if (Label is not null)
                yield return (ReaderOptionNames.LabelColumn, Label);
        }
    }

    public static bool IsNumber(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
