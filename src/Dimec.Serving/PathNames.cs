using System.Text.RegularExpressions;

namespace Dimec.Serving;

/// <summary>
/// Takes out of a sentence where things lie on this machine: it goes to callers, and to logs that others read. Names stay, so that who runs
/// the tier knows what is meant.
/// </summary>
internal static partial class PathNames
{
    /// <summary>The sentence with names in place of paths.</summary>
    /// <param name="sentence">About files, not about addresses of REST.</param>
    /// <param name="known">Files and folders that it may speak of; what lies in such a folder keeps its place in it.</param>
    public static string In(string sentence, params string?[] known)
    {
        foreach (var path in known.OfType<string>().Where(path => path.Length > 0).OrderByDescending(path => path.Length))
        {
            foreach (var form in new[] { path, Path.GetFullPath(path) })
            {
                if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(form)) is { Length: > 1 } parent && Path.IsPathRooted(parent))
                    sentence = sentence.Replace(parent + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
            }
        }

        return Rooted().Replace(sentence, path => path.Value[(path.Value.LastIndexOfAny(['/', '\\']) + 1)..]);
    }

    [GeneratedRegex("""(?<![\w/\\.:~-])(?:/|[A-Za-z]:\\|\\\\)[^\s'",;:()]*[^\s'",;:().]""")]
    private static partial Regex Rooted();
}
