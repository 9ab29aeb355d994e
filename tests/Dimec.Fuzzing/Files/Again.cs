namespace Dimec.Fuzzing.Files;

/// <summary>Holds a reader to what its writer says: what was taken is written, read again and written as before.</summary>
internal static class Again
{
    /// <summary>Reads, writes, reads and writes.</summary>
    /// <param name="input">The input.</param>
    /// <param name="read">Reads.</param>
    /// <param name="write">Writes.</param>
    public static void Same<T>(byte[] input, Func<Stream, T> read, Action<T, Stream> write)
    {
        var first = Written(read(new MemoryStream(input)), write);
        T again;
        try
        {
            again = read(new MemoryStream(first));
        }
        catch (InputException refused)
        {
            throw new BrokenPromiseException($"what was taken and written is refused: {refused.Message}");
        }

        if (!Written(again, write).AsSpan().SequenceEqual(first))
            throw new BrokenPromiseException("what was taken and written is another thing when it is read again");
    }

    private static byte[] Written<T>(T value, Action<T, Stream> write)
    {
        using var stream = new MemoryStream();
        write(value, stream);
        return stream.ToArray();
    }
}
