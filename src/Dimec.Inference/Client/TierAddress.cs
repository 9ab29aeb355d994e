namespace Dimec.Inference.Client;

/// <summary>The addresses of tiers: <c>grpc://</c>, <c>grpcs://</c>, <c>http://</c> and <c>https://</c>.</summary>
internal static class TierAddress
{
    private const string Example = "give an address such as grpc://host:8001 or http://host:8000";

    /// <summary>Whether the address can be used; adds what is wrong with it.</summary>
    public static bool Check(InputErrors errors, string tier, Uri url)
    {
        var before = errors.Count;
        var where = $"{tier} '{url.OriginalString}'";
        if (!url.IsAbsoluteUri || url.Scheme is not ("grpc" or "grpcs" or "http" or "https"))
            errors.Add(where, "is not an address of a tier", Example);
        else if (url.Host.Length == 0)
            errors.Add(where, "names no host", Example);
        else if (url.Port is < 1)
            errors.Add(where, "names no port", Example);
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            errors.Add(where, "has more than a host, a port and a path", Example);
        else if (url.Scheme is "grpc" or "grpcs" && url.AbsolutePath.Length > 1)
            errors.Add(where, "has a path, which gRPC does not know", Example);
        return errors.Count == before;
    }
}
