namespace Dimec.Text.SdkDocs;

/// <summary>The parts of the libraries that <c>sdk-docs</c> tells apart.</summary>
internal static class Area
{
    /// <summary>The areas, by name; the labels of the task.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Microsoft.AspNetCore", "Microsoft.Extensions", "System.Collections", "System.ComponentModel", "System.Data", "System.Diagnostics",
        "System.IO",
        "System.Linq", "System.Net", "System.Numerics", "System.Reflection", "System.Security", "System.Text", "System.Threading",
        "System.Xml", ];

    /// <summary>
    /// The index of the area whose namespace holds a member; −1 where none does. No area lies in another, so one at most fits.
    /// </summary>
    /// <param name="member">The member's documentation id, e.g. <c>M:System.IO.Stream.Flush</c>.</param>
    public static int Of(string member)
    {
        for (var i = 0; i < All.Count; i++)
        {
            var area = All[i];
            if (member.Length > area.Length + 2
                && member[1] == ':' && member[area.Length + 2] == '.' && string.CompareOrdinal(member, 2, area, 0, area.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
