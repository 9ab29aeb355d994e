using Dimec.Serving.Scheduling;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Admission;

/// <summary>Who is behind a request: its connection, which all of its requests share.</summary>
internal static class Callers
{
    /// <summary>The caller of a request; a server that knows no connections has a caller a request.</summary>
    public static Caller Of(HttpContext context)
    {
        if (context.Features.Get<IConnectionItemsFeature>() is not { Items: var items })
            return new Caller();
        // Requests of one connection come at once over HTTP/2, and the items are no concurrent dictionary.
        lock (items)
        {
            if (items.TryGetValue(typeof(Caller), out var known) && known is Caller caller)
                return caller;
            caller = new Caller();
            items[typeof(Caller)] = caller;
            return caller;
        }
    }
}
