using Dimec.Files;

namespace Dimec.Predictions.Recording;

/// <summary>What a file that is to be gone on with holds.</summary>
/// <param name="Guids">The samples' names, in the order of the lines.</param>
/// <param name="CutBytes">How many bytes a last line has that does not end.</param>
internal sealed record LogContent(IReadOnlyList<string> Guids, int CutBytes)
{
    private static readonly byte[] s_beginning = [.. "{\"guid\":"u8];

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">It is another's, or no such file.</exception>
    public static LogContent Read(OutputPlace place, RecordedShape shape)
    {
        if (place.Kind == FileKind.Nothing)
            return new LogContent([], 0);
        var bytes = InputFile.ReadAllBytes(place.Target);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole == 0)
        {
            // Nothing but the beginning of a first line; or something else, which is not ours to cut.
            var common = bytes.AsSpan().CommonPrefixLength(s_beginning);
            return common == Math.Min(bytes.Length, s_beginning.Length)
                ? new LogContent([], bytes.Length)
                : throw new InputException(place.Where, "is no predictions file, so nothing is recorded into it", "name a new file");
        }

        using var lines = new MemoryStream(bytes, 0, whole);
        var recorded = RecordedExits.Read(lines, PartNames.Calibration, place.Where);
        return shape.OtherThan(recorded) is { } problem
            ? throw new InputException(place.Where, problem, "name a new file to record into")
            : new LogContent(recorded.Guids, bytes.Length - whole);
    }
}
