namespace Dimec.Files;

/// <summary>What stands at a path.</summary>
public enum FileKind
{
    /// <summary>Nothing, or something that this process may not look at.</summary>
    Nothing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link; only where links are not followed.</summary>
    Link,

    /// <summary>A pipe: what is read from it depends on who writes to it, and may never come.</summary>
    Pipe,

    /// <summary>A device, such as <c>/dev/null</c> or a terminal.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}
