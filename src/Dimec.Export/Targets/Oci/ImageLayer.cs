using System.Formats.Tar;
using System.Security.Cryptography;
using Dimec.Files;

namespace Dimec.Export.Targets.Oci;

/// <summary>
/// A layer of an image: a tar of one folder of files that everybody may read and nobody may write, without times and owners, so that the
/// same files make the same bytes. It is not compressed: weights hardly repeat.
/// </summary>
/// <param name="folder">The folder in the image.</param>
/// <param name="files">The files' names there, and where they lie.</param>
internal sealed class ImageLayer(string folder, IReadOnlyList<(string Name, string Source)> files)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Its size and hash, by writing it to nowhere.</summary>
    public (long Size, string Digest) Describe()
    {
        using var hash = SHA256.Create();
        using var measured = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
        var size = Write(measured);
        measured.FlushFinalBlock();
        return (size, Convert.ToHexStringLower(hash.Hash!));
    }

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <returns>How many bytes it has.</returns>
    public long Write(Stream output)
    {
        using var counted = new CountingStream(output);
        using (var tar = new TarWriter(counted, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, $"{folder}/")
            {
                Mode = Readable | Enterable,
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
            foreach (var (name, source) in files)
            {
                using var file = InputFile.OpenRead(source, bufferSize: 0, FileOptions.SequentialScan);
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{name}")
                {
                    Mode = Readable,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = file,
                });
            }
        }

        return counted.Count;
    }
}
