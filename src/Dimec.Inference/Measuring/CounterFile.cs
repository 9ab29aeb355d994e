using System.Globalization;

namespace Dimec.Inference.Measuring;

/// <summary>A file of the kernel's with one value in it.</summary>
internal static class CounterFile
{
    /// <summary>Its text without the blanks around it; null where there is none, or it may not be read.</summary>
    public static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Its whole number; null where it has none.</summary>
    public static long? Number(string path) =>
        long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
