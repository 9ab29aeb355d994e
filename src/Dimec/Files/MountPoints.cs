using System.Text;

namespace Dimec.Files;

/// <summary>Knows the folders and files at which another file system is mounted: they cannot be renamed.</summary>
internal static class MountPoints
{
    /// <summary>As this thread sees them; what a process sees is its first thread's.</summary>
    private const string Table = "/proc/thread-self/mountinfo";

    private const int PointColumn = 4;

    /// <summary>Whether a path, without links, is one. Elsewhere than on Linux a rename that fails tells.</summary>
    public static bool Has(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return File.ReadLines(Table)
                .Any(line => line.Split(' ') is { Length: > PointColumn } columns && Unescape(columns[PointColumn]) == path);
        }
        catch (Exception absent) when (WriteFailure.Is(absent))
        {
            return false;
        }
    }

    /// <summary>Blanks, tabs, line feeds and backslashes stand there as three octal digits.</summary>
    private static string Unescape(string text)
    {
        var unescaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length)
            {
                unescaped.Append((char)Convert.ToInt32(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                unescaped.Append(text[i]);
            }
        }

        return unescaped.ToString();
    }
}
