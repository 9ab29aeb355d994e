namespace Dimec.OpenInference.Client;

/// <summary>The addresses of servers: <c>grpc://</c>, <c>grpcs://</c>, <c>http://</c> and <c>https://</c>.</summary>
internal static class ServerAddress
{
    public static bool IsGrpc(Uri address) => address.Scheme is "grpc" or "grpcs";

    /// <exception cref="ArgumentException">The address cannot be used.</exception>
    public static void Validate(Uri address)
    {
        if (ProblemIn(address) is { } problem)
        {
            throw new ArgumentException(
                $"'{address.OriginalString}' {problem}; give an address such as grpc://host:8001 or http://host:8000", nameof(address));
        }
    }

    private static string? ProblemIn(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("grpc" or "grpcs" or "http" or "https"))
            return "is not an address of a server";
        if (address.Host.Length == 0)
            return "names no host";
        if (address.Port < 1)
            return "names no port";
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return "has more than a host, a port and a path";
        return IsGrpc(address) && address.AbsolutePath.Length > 1 ? "has a path, which gRPC does not know" : null;
    }
}
