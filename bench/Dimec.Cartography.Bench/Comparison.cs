using System.Text.Json;

namespace Dimec.Cartography.Bench;

/// <summary>Both must have computed the same.</summary>
internal static class Comparison
{
    private static readonly string[] s_columns =
    [
        "index", "threshold_closeness", "confidence", "variability", "correctness", "forgetfulness",
    ];

    /// <summary>The largest difference of any number in two files of metrics, row by row.</summary>
    public static double Largest(string ours, string reference)
    {
        var largest = 0.0;
        foreach (var (a, b) in File.ReadLines(ours).Zip(File.ReadLines(reference)))
        {
            using var x = JsonDocument.Parse(a);
            using var y = JsonDocument.Parse(b);
            if (x.RootElement.GetProperty("guid").ToString() != y.RootElement.GetProperty("guid").ToString())
                throw new InvalidOperationException($"The rows are in another order: {a} against {b}");
            largest = Math.Max(largest, s_columns.Max(column =>
                Math.Abs(x.RootElement.GetProperty(column).GetDouble() - y.RootElement.GetProperty(column).GetDouble())));
        }

        return largest;
    }
}
