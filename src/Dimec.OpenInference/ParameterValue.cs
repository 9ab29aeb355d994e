using System.Globalization;

namespace Dimec.OpenInference;

/// <summary>A parameter of a request, a response, or a tensor: a string, a truth value, an integer or a number.</summary>
/// <remarks>Strings, truth values and integers are what every server knows; some have no numbers.</remarks>
public readonly record struct ParameterValue
{
    private readonly object? _value;

    private ParameterValue(object value) => _value = value;

    /// <summary>The string; null: it is something else.</summary>
    public string? String => _value is null ? "" : _value as string;

    /// <summary>The truth value; null: it is something else.</summary>
    public bool? Boolean => _value as bool?;

    /// <summary>The integer; null: it is something else.</summary>
    public long? Integer => _value as long?;

    /// <summary>The number; null: it is something else.</summary>
    public double? Number => _value as double?;

    /// <summary>A string.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ParameterValue(string value) => new(value);

    /// <summary>A truth value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ParameterValue(bool value) => new(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ParameterValue(long value) => new(value);

    /// <summary>A number.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator ParameterValue(double value) => new(value);

    /// <summary>The value as a server reads it: truth values as JSON has them.</summary>
    internal string ToText() => Boolean is { } truth ? (truth ? "true" : "false") : ToString();

    /// <summary>The value as text, the same in every culture.</summary>
    public override string ToString() => Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "";
}
