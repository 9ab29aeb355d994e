using System.Text;
using Dimec.Files;

namespace Dimec.Export.Targets;

/// <summary>A file that a target writes.</summary>
/// <param name="Path">Its path in the target's folder, with <c>/</c> between folders.</param>
/// <param name="Write">Writes its content; the stream stays open.</param>
public sealed record TargetFile(string Path, Action<Stream> Write)
{
    /// <summary>A file of text, as UTF-8.</summary>
    /// <param name="path">Its path in the target's folder.</param>
    /// <param name="text">Its content.</param>
    public static TargetFile Of(string path, string text) => new(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>A copy of a file.</summary>
    /// <param name="path">Its path in the target's folder.</param>
    /// <param name="source">The file that is copied.</param>
    public static TargetFile Copy(string path, string source) => new(path, stream =>
    {
        using var file = InputFile.OpenRead(source, bufferSize: 0, FileOptions.SequentialScan);
        file.CopyTo(stream, 1 << 20);
    });
}
