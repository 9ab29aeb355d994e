using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.Serving.Grpc;

/// <summary>
/// Binds the service as the generated code does, but for bytes that are no message: the framework would take them for a failure of the
/// server, which they are not.
/// </summary>
internal static class GrpcBinding
{
    /// <summary>Called by the framework, with no service.</summary>
    public static void Bind(ServiceBinderBase binder, GRPCInferenceService.GRPCInferenceServiceBase? service) =>
        GRPCInferenceService.BindService(new StrictBinder(binder), service);

    private sealed class StrictBinder(ServiceBinderBase inner) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            inner.AddMethod(Strict(method), handler);
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        {
            inner.AddMethod(Strict(method), handler);
        }

        private static Method<TRequest, TResponse> Strict<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class
        {
            var marshaller = method.RequestMarshaller;
            return new Method<TRequest, TResponse>(
                method.Type, method.ServiceName, method.Name,
                new Marshaller<TRequest>(marshaller.ContextualSerializer, bytes => Read(bytes, marshaller, method.Name)),
                method.ResponseMarshaller);
        }

        private static T Read<T>(DeserializationContext bytes, Marshaller<T> marshaller, string method)
        {
            try
            {
                return marshaller.ContextualDeserializer(bytes);
            }
            catch (InvalidProtocolBufferException exception)
            {
                throw GrpcStatuses.Exception(new ProtocolException(
                    $"the bytes are no message of {method}: {exception.Message}"));
            }
        }
    }
}
