using System.Globalization;

namespace Dimec.Planning;

/// <summary>
/// Figures in the sentences of plans: of every country the same, with a true minus sign, as tables and reports have them.
/// </summary>
internal static class PlanWords
{
    private static readonly NumberFormatInfo s_numbers = new()
    {
        NegativeSign = "\u2212",
        PercentPositivePattern = 0,
        PercentNegativePattern = 0,
    };

    /// <summary>A drop in points of accuracy; 0.005 is half a point.</summary>
    public static string Points(double drop) => $"{Number(100 * drop)} points";

    /// <summary>A cost of a sample with its unit.</summary>
    public static string Cost(double cost, string unit) => $"{Number(cost, 3)} {unit}";

    /// <summary>
    /// A number with up to so many decimals; where these would say 0 of what is not, or a row of digits that nobody reads,
    /// two significant digits.
    /// </summary>
    public static string Number(double value, int decimals = 2)
    {
        if (value != 0 && (Math.Abs(value) < Math.Pow(10, -decimals) || Math.Abs(value) >= 1e12))
            return value.ToString("G2", s_numbers);
        return value.ToString("0." + new string('#', decimals), s_numbers);
    }

    public static string Sentence(FormattableString text) => text.ToString(s_numbers);
}
