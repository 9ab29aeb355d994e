namespace Dimec.Files;

/// <summary>Remembers which folders are absent before a job, so that one which fails leaves no empty folders of its own behind.</summary>
public sealed class NewFolders
{
    private readonly List<string> _absent = [];

    /// <summary>Looks which folders are absent.</summary>
    /// <param name="path">The folder that the job writes to; those above it count as well.</param>
    public NewFolders(string path)
    {
        for (var above = Path.GetFullPath(path); above is not null
            && FileKinds.Of(above, followLinks: false) == FileKind.Nothing; above = Path.GetDirectoryName(above))
        {
            _absent.Add(above);
        }
    }

    /// <summary>Whether a folder was absent.</summary>
    /// <param name="folder">Its full path.</param>
    internal bool Includes(string folder) => _absent.Contains(folder);

    /// <summary>Removes those of them that are there now and empty.</summary>
    public void RemoveEmpty()
    {
        foreach (var folder in _absent)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
