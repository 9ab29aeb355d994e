namespace Dimec.Files;

/// <summary>
/// Names what a file really holds where it is not what was expected: a pointer that Git LFS left, an error page that was saved as a model,
/// a compressed file. Its first bytes tell.
/// </summary>
public static class ForeignContent
{
    /// <summary>So many zeros begin no file of any format that is read here.</summary>
    private const int Zeros = 16;

    private static readonly (byte[] Start, string Problem, string Fix)[] s_starts =
    [
        (
            [.. "version https://git-lfs.github.com/spec/"u8], "is a Git LFS pointer, which stands for the file and is not it",
            "fetch the file itself with 'git lfs pull', or download it"),
        (
            [.. "version https://hawser.github.com/spec/"u8], "is a Git LFS pointer, which stands for the file and is not it",
            "fetch the file itself with 'git lfs pull', or download it"),
        ([0x1F, 0x8B], "is compressed with gzip", "unpack it with gunzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with Zstandard", "unpack it with unzstd"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "is compressed with xz", "unpack it with unxz"),
        ([.. "BZh"u8], "is compressed with bzip2", "unpack it with bunzip2"),
        (
            [.. "PK\u0003\u0004"u8], "is a ZIP archive (so are .xlsx and PyTorch's .bin files)",
            "give the file that is expected here, unpacked or exported"),
        ([0x80, 0x02], "is a Python pickle, as torch.save writes it", "save it again in the format that is expected here"),
        ([0x89, 0x48, 0x44, 0x46], "is an HDF5 file, as TensorFlow writes it", "save it again in the format that is expected here"),
        (
            [.. "/annex/objects/"u8], "is a git-annex pointer, which stands for the file and is not it",
            "fetch the file itself with 'git annex get'"),
        ([.. "GGUF"u8], "is a GGUF file, as llama.cpp reads it", "give the model in the format that is expected here"),
        ([.. "PAR1"u8], "is a Parquet file", "export it as JSON lines"),
        ([.. "ARROW1"u8], "is an Arrow file", "export it as JSON lines"),
        ([.. "SQLite format 3"u8], "is an SQLite database", "export the table as JSON lines"),
        ([0xFF, 0xFE, 0, 0], "is UTF-32 where UTF-8 is expected", "save it as UTF-8"),
        ([0, 0, 0xFE, 0xFF], "is UTF-32 where UTF-8 is expected", "save it as UTF-8"),
        ([0xFF, 0xFE], "is UTF-16 where UTF-8 is expected", "save it as UTF-8"),
        ([0xFE, 0xFF], "is UTF-16 where UTF-8 is expected", "save it as UTF-8"),
    ];

    /// <summary>Looks at the first bytes of a file.</summary>
    /// <param name="start">The first bytes, 64 or more where there are so many;
    /// no byte of a text file's own is taken for another format.</param>
    /// <returns>What it is, with what to do about it; null where it is nothing that is known here.</returns>
    public static (string Problem, string Fix)? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (known, problem, fix) in s_starts)
        {
            if (start.StartsWith(known))
                return (problem, fix);
        }

        if (start.Length >= Zeros && !start[..Zeros].ContainsAnyExcept((byte)0))
        {
            return (
                "begins with zeros, as a file does whose room was made and whose content never came", "download or copy the file again");
        }

        var text = ByteOrderMark.Skip(start).TrimStart(" \t\r\n"u8);
        if (StartsWith(text, "<!doctype html"u8) || StartsWith(text, "<html"u8) || StartsWith(text, "<?xml"u8))
        {
            return (
                "is a web page, not the file (an error page that was saved under its name?)",
                "download the file again and look at what comes");
        }

        return LooksLikeUtf16(start) ? ("is UTF-16 where UTF-8 is expected", "save it as UTF-8") : null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);

    // Without a mark: every second byte of what is mostly ASCII is 0.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && ((start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0)
            || (start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0));
}
