using System.Diagnostics.CodeAnalysis;

namespace Dimec.OpenInference;

/// <summary>What came of a call: a value, or why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class OpenInferenceResult<T>
{
    private OpenInferenceResult(T? value, OpenInferenceFailure? failure) => (Value, Failure) = (value, failure);

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    /// <summary>The value; the type's default where there is none.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; null: there is one.</summary>
    public OpenInferenceFailure? Failure { get; }

    internal static OpenInferenceResult<T> Of(T value) => new(value, null);

    internal static OpenInferenceResult<T> Failed(OpenInferenceFailure failure) => new(default, failure);

    internal static OpenInferenceResult<T> Failed(OpenInferenceFailureReason reason, string message) =>
        Failed(new OpenInferenceFailure(reason, message));

    /// <summary>The same failure in place of another value, or a value made from this one.</summary>
    internal OpenInferenceResult<TOther> Select<TOther>(Func<T, TOther> select)
    {
        if (!IsSuccess)
            return OpenInferenceResult<TOther>.Failed(Failure);
        try
        {
            return OpenInferenceResult<TOther>.Of(select(Value));
        }
        catch (ProtocolException exception)
        {
            return OpenInferenceResult<TOther>.Failed(
                OpenInferenceFailureReason.InvalidResponse, $"its answer cannot be used: {exception.Message}");
        }
    }
}
