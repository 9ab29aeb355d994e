using Dimec.Cartography;
using Dimec.Pools;

namespace Dimec.Runs.Maps;

/// <summary>What the options of a map are called.</summary>
internal static class MapOptionNames
{
    public static string Exit => OptionNames.Of<MetricsChoice>(nameof(MetricsChoice.Exit));

    public static string IncludeCi => OptionNames.Of<CartographyOptions>(nameof(CartographyOptions.IncludeCi));

    public static string BurnOut => OptionNames.Of<CartographyOptions>(nameof(CartographyOptions.BurnOut));

    public static string LabelIssues => OptionNames.Of<MapOptions>(nameof(MapOptions.LabelIssues));

    public static string Data => OptionNames.Of(CallArgument.Spec);
}
