namespace Dimec.Files;

/// <summary>Writes files so that a reader, or a run that was killed, sees the old content or the new one and nothing between.</summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;
    private const int Attempts = 5;

    /// <summary>
    /// Writes a file under a temporary name in the same folder, flushes it to the disk and renames it. Links are followed and stay; the
    /// file keeps its permissions. Where it cannot be renamed over (a file that is mounted, one in a folder that may not be written to),
    /// its content is replaced once the new one is complete, the first byte last.
    /// </summary>
    /// <param name="path">The file to write; its folder is created where it is absent.</param>
    /// <param name="write">Writes the content. When it throws, the old file stays and the temporary one is removed.</param>
    /// <exception cref="InputException">Something other than a file stands there, or it cannot be written to.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var place = OutputPlace.ForFile(path);
        Leftovers.RemoveOf(place.Parent, place.Name);
        try
        {
            using var content = Create(place, out var temporary);
            try
            {
                Fill(place, content, write);
                Put(place, content, temporary);
            }
            finally
            {
                if (temporary is not null)
                    Remove(content, temporary);
            }
        }
        catch (Exception failed)
        {
            place.Undo();
            if (WriteFailure.IsOfWriting(failed))
                throw WriteFailure.Of(place.Where, failed);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark; see <see cref="Write"/>.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its content.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Removes a file if it is there; a link to it stays.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Something other than a file stands there, or it cannot be removed.</exception>
    public static void Delete(string path)
    {
        var place = OutputPlace.ForFile(path);
        if (place.Kind == FileKind.Nothing)
            return;
        try
        {
            File.Delete(place.Target);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    /// <summary>Opens what the content is written to: a hidden file beside the place, or a nameless one where none can lie there.</summary>
    private static FileStream Create(OutputPlace place, out string? temporary)
    {
        try
        {
            place.MakeParent();
            return CreateBeside(place, out temporary);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            if (place.Kind != FileKind.File || !CanWriteInto(place))
                throw WriteFailure.Of(place.Where, failed);
        }

        temporary = null;
        return ScratchFile.Create(
            Path.GetTempPath(),
            $"the temporary folder {Path.GetTempPath()} (TMPDIR), "
            + $"where what {place.Where} gets is written first, as its own folder cannot be written to");
    }

    private static FileStream CreateBeside(OutputPlace place, out string temporary)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
        };
        // A secret is one from its first byte on.
        if (!OperatingSystem.IsWindows() && place.Kind == FileKind.File)
            options.UnixCreateMode = UnixOwner.PermissionsOf(place.Target) | UnixFileMode.UserRead | UnixFileMode.UserWrite;
        for (var attempt = 1; ; attempt++)
        {
            temporary = Path.Combine(place.Parent, Leftovers.NameFor(place.Name));
            try
            {
                var stream = new FileStream(temporary, options);
                // Another process may have taken it for a leftover in the moment before it was locked.
                if (File.Exists(temporary) || attempt == Attempts)
                    return stream;
                stream.Dispose();
            }
            catch (IOException held) when (WriteFailure.IsHeld(held) && attempt < Attempts)
            {
            }
        }
    }

    private static bool CanWriteInto(OutputPlace place)
    {
        try
        {
            new FileStream(place.Target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0).Dispose();
            return true;
        }
        catch (Exception refused) when (WriteFailure.Is(refused))
        {
            return false;
        }
    }

    private static void Fill(OutputPlace place, FileStream content, Action<Stream> write)
    {
        write(content);
        try
        {
            content.Flush(flushToDisk: true);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    private static void Put(OutputPlace place, FileStream content, string? temporary)
    {
        try
        {
            if (temporary is null || !TryRename(place, content, temporary))
                Overwrite(content, place.Target);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    /// <summary>Renames the new file over the old one.</summary>
    /// <returns>False where an old one cannot be renamed over.</returns>
    private static bool TryRename(OutputPlace place, FileStream content, string temporary)
    {
        if (place.Kind == FileKind.File)
        {
            if (MountPoints.Has(place.Target))
                return false;
            UnixOwner.Copy(place.Target, temporary);
        }

        // Locked until it has its name, so that nobody takes it for a leftover; Windows renames no open file.
        if (OperatingSystem.IsWindows())
            content.Dispose();
        try
        {
            File.Move(temporary, place.Target, overwrite: true);
            return true;
        }
        catch (Exception stays) when (WriteFailure.Is(stays) && place.Kind == FileKind.File && !OperatingSystem.IsWindows())
        {
            return false;
        }
    }

    /// <summary>
    /// Replaces the content of a file that stays. What is beyond its length comes first: a disk that is full says so while the old content
    /// is whole. The first byte comes last: until then the file begins with a NUL, and nobody takes it for a complete one.
    /// </summary>
    private static void Overwrite(FileStream content, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var (before, length) = (file.Length, content.Length);
        if (length > before)
        {
            try
            {
                Copy(content, file, before, length);
            }
            catch
            {
                file.SetLength(before);
                throw;
            }
        }

        if (length > 0)
        {
            file.Position = 0;
            file.WriteByte(0);
            Copy(content, file, 1, Math.Min(before, length));
        }

        file.SetLength(length);
        file.Flush(flushToDisk: true);
        Copy(content, file, 0, Math.Min(1, length));
        file.Flush(flushToDisk: true);
    }

    private static void Copy(FileStream from, FileStream to, long start, long end)
    {
        (from.Position, to.Position) = (start, start);
        var buffer = new byte[BufferSize];
        for (var left = end - start; left > 0;)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            to.Write(buffer, 0, read);
            left -= read;
        }
    }

    private static void Remove(FileStream content, string temporary)
    {
        try
        {
            content.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is not wanted any more; why it could not has been said.
        }

        File.Delete(temporary);
    }
}
