namespace Dimec.OpenInference;

/// <summary>
/// Triton's parameters of requests that belong together. What reads requests here knows each of them alone, and an answer that passed the
/// others over would look right.
/// </summary>
internal static class SequenceParameters
{
    /// <summary>Names the sequence; 0 and "" are none, and without one a start and an end mean nothing.</summary>
    private const string Id = "sequence_id";

    /// <summary>Checks one parameter of a request.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; null: an array or an object.</param>
    /// <exception cref="ProtocolException">It makes the request part of a sequence.</exception>
    public static void Check(string key, ParameterValue? value)
    {
        if (key == Id && value is not ({ Integer: 0 } or { String: "" }))
        {
            throw new ProtocolException(
                ProtocolStatus.Unsupported,
                $"the request has the parameter '{key}', and this server keeps nothing from one request to the next; leave it out");
        }
    }
}
