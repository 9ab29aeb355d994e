using System.Globalization;

namespace Dimec.Serving.Bench;

/// <summary>What stands behind a mode's name.</summary>
internal static class Arguments
{
    /// <summary>The program among the arguments, by its path; null where none is.</summary>
    public static string? Program(string[] arguments) => arguments.FirstOrDefault(argument => Path.GetFileName(argument) == "dimec-tier");

    /// <summary>The last argument where it is a whole number; else what is usual.</summary>
    public static int Number(string[] arguments, int usual) =>
        int.TryParse(arguments[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
