namespace Dimec.OpenInference.Client;

/// <summary>
/// What the other side says of a client's certificate by an alert of TLS (RFC 8446, section 6.2), which reaches a caller as the words of
/// the system's library, deep below an exception that says nothing.
/// </summary>
internal static class TlsAlerts
{
    private static readonly (string Words, string Problem)[] s_known =
    [
        ("alert certificate required", "it wants a client certificate, and none was shown"),
        ("alert bad certificate", "it does not take the client certificate"),
        ("alert unknown ca", "it does not know the authority of the client certificate"),
        ("alert certificate expired", "the client certificate has run out, by its clock"),
    ];

    /// <summary>What it says; null: nothing that is known.</summary>
    public static string? ProblemOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            foreach (var (words, problem) in s_known)
            {
                if (inner.Message.Contains(words, StringComparison.OrdinalIgnoreCase))
                    return problem;
            }
        }

        return null;
    }
}
