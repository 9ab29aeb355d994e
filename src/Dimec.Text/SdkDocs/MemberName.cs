using System.Text.RegularExpressions;

namespace Dimec.Text.SdkDocs;

/// <summary>The name that a reader sees for a documentation id.</summary>
internal static partial class MemberName
{
    /// <summary>
    /// <c>T:System.Collections.Generic.List`1</c> → List; <c>M:System.IO.Stream.Read(System.Byte[])</c> → Read; a constructor → its type.
    /// </summary>
    public static string Short(string id)
    {
        var name = id.Length > 1 && id[1] == ':' ? id[2..] : id;
        var signature = name.AsSpan().IndexOfAny('(', '~');
        if (signature >= 0)
            name = name[..signature];
        name = Generics().Replace(name, "");
        var segments = name.Split('.');
        var last = segments[^1];
        if (last is "#ctor" or "#cctor")
            return segments.Length > 1 ? segments[^2] : last;
        // An explicit implementation: System#IDisposable#Dispose.
        return last[(last.LastIndexOf('#') + 1)..];
    }

    // `1 and ``1 (how many type parameters), {…} (type arguments).
    [GeneratedRegex(@"`+\d+|\{.*\}")]
    private static partial Regex Generics();
}
