using System.Text.Json;
using Dimec.Cartography;
using Dimec.Json;
using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>The JSON of <see cref="MetricsOrigin"/> among a plan's parameters.</summary>
internal static class MetricsOriginJson
{
    public static void Write(MetricsOrigin origin, Utf8JsonWriter json)
    {
        json.WriteBoolean("own", origin.IsOwn);
        json.WriteNumbers("exits", origin.Exits.Select(exit => (double)exit));
        if (origin.Options is not { } options)
            return;
        json.WriteBoolean("includeCi", options.IncludeCi);
        if (options.BurnOut is { } epochs)
            json.WriteNumber("burnOut", epochs);
    }

    public static MetricsOrigin Read(JsonObjectReader json)
    {
        var origin = new MetricsOrigin
        {
            IsOwn = json.Boolean("own"),
            Exits = [.. json.Numbers("exits").Select(exit => (int)exit)],
            Options = json.Has("includeCi")
                ? new CartographyOptions
                {
                    IncludeCi = json.Boolean("includeCi"),
                    BurnOut = json.Has("burnOut") ? json.Integer("burnOut") : null,
                }
                : null,
        };
        json.NoOtherKeys();
        return origin;
    }
}
