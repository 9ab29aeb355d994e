namespace Dimec.Training.Evaluation;

/// <summary>Rounds numbers for files.</summary>
internal static class Significant
{
    /// <summary>The fp32 nearest to a number of so many significant digits, which is how it is then written.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="digits">1 to 6.</param>
    public static float Round(float value, int digits)
    {
        if (value == 0)
            return 0;
        var decimals = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs((double)value)));
        var scale = Math.Pow(10, Math.Abs(decimals));
        return (float)(decimals >= 0 ? Math.Round(value * scale) / scale : Math.Round(value / scale) * scale);
    }
}
