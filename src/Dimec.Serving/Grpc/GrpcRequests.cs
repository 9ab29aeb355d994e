using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;

namespace Dimec.Serving.Grpc;

/// <summary>Requests out of their messages.</summary>
internal static class GrpcRequests
{
    /// <summary>The request, whose message is then empty.</summary>
    /// <param name="message">The message.</param>
    /// <param name="inFlight">The request, from its first byte on.</param>
    /// <exception cref="ProtocolException">It is no request, or there is no room for it.</exception>
    public static InferRequest Take(ModelInferRequest message, InFlightRequest inFlight)
    {
        var request = GrpcCodec.ToRequest(message);
        inFlight.Unpacked(request.Inputs.Sum(input => (long)input.Raw.Length));
        // The framework keeps the message until the call has ended; what was read out of it is enough.
        message.Inputs.Clear();
        message.RawInputContents.Clear();
        return request;
    }
}
