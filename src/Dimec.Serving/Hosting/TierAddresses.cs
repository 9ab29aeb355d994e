namespace Dimec.Serving;

/// <summary>Where a tier answers, once it does.</summary>
/// <param name="Http">REST, e.g. <c>http://127.0.0.1:8000</c>.</param>
/// <param name="Grpc">gRPC, e.g. <c>grpc://127.0.0.1:8001</c>.</param>
public sealed record TierAddresses(Uri Http, Uri Grpc);
