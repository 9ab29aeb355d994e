using Dimec.OpenInference;

namespace Dimec.Inference.Client;

/// <summary>What came of asking a tier: a value, or why there is none.</summary>
internal readonly record struct TierResult<T>(T? Value, TierFailureReason Reason, string Problem, OpenInferenceFailure? Cause = null)
    : ITierResult
    where T : class
{
    public bool IsAnswer => Value is not null;

    public static TierResult<T> Of(T value) => new(value, default, "");

    public static TierResult<T> Failed(TierFailureReason reason, string problem, OpenInferenceFailure? cause = null) =>
        new(null, reason, problem, cause);

    /// <summary>The client's result as a tier's.</summary>
    /// <param name="result">The client's.</param>
    /// <param name="isGreeting">Whether it is of the protocol's first address, which every server of it has.</param>
    public static TierResult<T> Of(OpenInferenceResult<T> result, bool isGreeting = false)
        => result.IsSuccess ? Of(result.Value) : Failed(ReasonOf(result.Failure, isGreeting), result.Failure.Message, result.Failure);

    /// <summary>The same failure in place of another value.</summary>
    public TierResult<TOther> As<TOther>()
        where TOther : class => TierResult<TOther>.Failed(Reason, Problem, Cause);

    /// <summary>The same failure in place of another value, or a value made from this one.</summary>
    public TierResult<TOther> Select<TOther>(Func<T, TOther> select)
        where TOther : class
    {
        if (Value is null)
            return As<TOther>();
        try
        {
            return TierResult<TOther>.Of(select(Value));
        }
        catch (ProtocolException exception)
        {
            return TierResult<TOther>.Failed(TierFailureReason.InvalidResponse, $"its answer cannot be used: {exception.Message}");
        }
    }

    private static TierFailureReason ReasonOf(OpenInferenceFailure failure, bool isGreeting) => failure.Reason switch
    {
        // In HTTP a refusal in the protocol's own form is a tier's; any other, or one of the protocol's first address,
        // is of something else.
        OpenInferenceFailureReason.InvalidArgument or OpenInferenceFailureReason.NotFound
            when failure.HttpStatus is not null && (failure.ServerMessage is null || isGreeting) => TierFailureReason.ProtocolMismatch,
        // A server of gRPC that does not know the protocol's service.
        OpenInferenceFailureReason.Unsupported when failure.GrpcStatus is not null => TierFailureReason.ProtocolMismatch,
        OpenInferenceFailureReason.ProtocolMismatch => TierFailureReason.ProtocolMismatch,
        OpenInferenceFailureReason.InvalidResponse => TierFailureReason.InvalidResponse,
        OpenInferenceFailureReason.FailedPrecondition => TierFailureReason.BundleMismatch,
        OpenInferenceFailureReason.DeadlineExceeded => TierFailureReason.TimedOut,
        OpenInferenceFailureReason.Unreachable or OpenInferenceFailureReason.Unavailable => TierFailureReason.Unreachable,
        // In the protocol's own form it is a tier's, of each of this client's requests; else of who stands before it, of one perhaps.
        OpenInferenceFailureReason.Unauthorized when failure.ServerMessage is not null => TierFailureReason.NotAuthorized,
        // What stands before a tier refuses for it as well: it is busy, broken, or wants to know who asks.
        _ => TierFailureReason.Refused,
    };
}
