using System.Globalization;
using Dimec.Predictions;

namespace Dimec.Text.Tasks;

/// <summary>Writes rows of the training file as they stand in it.</summary>
/// <param name="file">What was read; only places are kept, not the bytes.</param>
internal sealed class FileRows(RowFile file) : IRowSource
{
    private const string Prefix = PartNames.Train + "-";
    private readonly string _path = file.Path;
    private readonly string _sha256 = file.Sha256;
    private readonly int _headerEnd = file.HeaderEnd;
    private readonly IReadOnlyList<(int Start, int End)> _places = file.Places;

    public void Write(IEnumerable<string> guids, Stream output)
    {
        // Everything is checked before the first byte is written.
        var places = guids.Select(Find).ToList();
        var source = SourceFile.Read(_path);
        if (source.Sha256 != _sha256)
            throw new InputException(_path, "has changed since it was read", "restore the file, or start again with the new one");

        var bytes = source.Bytes.AsSpan();
        var (firstStart, firstEnd) = _headerEnd > 0 ? (0, _headerEnd) : _places[0];
        var lineEnd = bytes[firstStart..firstEnd].EndsWith("\r\n"u8) ? "\r\n"u8 : "\n"u8;
        output.Write(bytes[.._headerEnd]);
        for (var i = 0; i < places.Count; i++)
        {
            var row = bytes[places[i].Start..places[i].End];
            output.Write(row);
            // The file's last row may have no line end; a row after it needs one.
            if (i < places.Count - 1 && !row.EndsWith("\n"u8))
                output.Write(lineEnd);
        }
    }

    private (int Start, int End) Find(string guid)
    {
        // A training elsewhere that has numbers for guids has row numbers.
        var number = guid.StartsWith(Prefix, StringComparison.Ordinal) ? guid.AsSpan(Prefix.Length) : guid;
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < _places.Count)
        {
            return _places[row];
        }

        throw new InputException(guid, $"is no row of {_path}", $"use guids from {Prefix}0 to {Prefix}{_places.Count - 1}");
    }
}
