using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Dimec.Text.Labels;

/// <summary>
/// A label that is a number, digit by digit: 1, 1.0 and 1e0 are one number, and no rounding makes one of two long ones.
/// </summary>
internal sealed partial record NumberLabel : IComparable<NumberLabel>
{
    /// <summary>How long a number may be and still be written without an exponent.</summary>
    private const int MostDigits = 40;

    /// <summary>The digits without zeros at either end; none for 0. The value is 0.DIGITS × 10^POINT.</summary>
    private readonly string _digits;

    private readonly BigInteger _point;
    private readonly bool _negative;

    private NumberLabel(Match match)
    {
        var (whole, fraction, exponent) = (match.Groups["whole"].Value, match.Groups["fraction"].Value, match.Groups["exponent"].Value);
        var digits = (whole + fraction).TrimStart('0');
        var leading = whole.Length + fraction.Length - digits.Length;
        _digits = digits.TrimEnd('0');
        _point = _digits.Length == 0 ? 0 : whole.Length - leading
            + (exponent.Length == 0 ? 0 : BigInteger.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        _negative = _digits.Length > 0 && match.Groups["sign"].Value == "-";
    }

    /// <summary>Whether the number is whole and short enough to be written out.</summary>
    public bool IsWhole => _digits.Length == 0 || (_point >= _digits.Length && _point <= MostDigits);

    /// <summary>Reads a number as JSON writes it, and with a sign or zeros before it as well; null where the text is none.</summary>
    public static NumberLabel? Find(string text) =>
        text.Length > 0 && Form().Match(text) is { Success: true } match ? new NumberLabel(match) : null;

    /// <summary>The one spelling of the number: 1 for 1.0 and 1e0, 1.5 for 1.50, 0 for -0.</summary>
    public override string ToString()
    {
        var sign = _negative ? "-" : "";
        if (_digits.Length == 0)
            return "0";
        if (IsWhole)
            return sign + _digits.PadRight((int)_point, '0');
        if (_point > 0 && _point < _digits.Length)
            return $"{sign}{_digits[..(int)_point]}.{_digits[(int)_point..]}";
        if (_point <= 0 && _point > -MostDigits)
            return $"{sign}0.{new string('0', -(int)_point)}{_digits}";
        var rest = _digits.Length > 1 ? $".{_digits[1..]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{_digits[0]}{rest}e{_point - 1}");
    }

    /// <inheritdoc/>
    public int CompareTo(NumberLabel? other)
    {
        if (other is null)
            return 1;
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        var size = _point != other._point ? _point.CompareTo(other._point) : string.CompareOrdinal(_digits, other._digits);
        return _negative ? -size : size;
    }

    private int Sign => _digits.Length == 0 ? 0 : _negative ? -1 : 1;

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?<whole>[0-9]+)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[-+]?[0-9]{1,1000}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
