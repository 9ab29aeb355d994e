using Dimec.OpenInference;

namespace Dimec.Inference.Client;

/// <summary>What came of a call: a value, or why there is none.</summary>
internal readonly record struct TransportResult<T>(T? Value, TierFailureReason Reason, string Problem)
    where T : class
{
    public static TransportResult<T> Of(T value) => new(value, default, "");

    public static TransportResult<T> Failed(TierFailureReason reason, string problem) => new(null, reason, problem);

    /// <summary>The same failure in place of another value, or a value made from this one.</summary>
    public TransportResult<TOther> Select<TOther>(Func<T, TOther> select)
        where TOther : class
    {
        if (Value is null)
            return TransportResult<TOther>.Failed(Reason, Problem);
        try
        {
            return TransportResult<TOther>.Of(select(Value));
        }
        catch (ProtocolException exception)
        {
            return TransportResult<TOther>.Failed(TierFailureReason.Nonsense, $"its answer cannot be used: {exception.Message}");
        }
    }
}
