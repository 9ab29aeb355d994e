namespace Dimec.CommandLine.Serve;

/// <summary>Where a tier answers, for the program that started it.</summary>
/// <param name="Tier">The tier's name.</param>
/// <param name="Http">REST, e.g. <c>http://127.0.0.1:8000</c>.</param>
/// <param name="Grpc">gRPC, e.g. <c>grpc://127.0.0.1:8001</c>.</param>
internal sealed record ReadyLine(string Tier, string Http, string Grpc);
