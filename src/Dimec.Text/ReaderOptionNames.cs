namespace Dimec.Text;

/// <summary>What the options are called by which data are read.</summary>
internal static class ReaderOptionNames
{
    public static string DevFraction => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.DevFraction));

    public static string SelectionFraction => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.SelectionFraction));

    public static string CalibrationFraction => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.CalibrationFraction));

    public static string Limit => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.Limit));

    public static string HeldOutLimit => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.HeldOutLimit));

    public static string TextColumn => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.TextColumn));

    public static string PairColumn => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.PairColumn));

    public static string LabelColumn => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.LabelColumn));

    public static string NoHeader => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.NoHeader));

    public static string Dev => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.Dev));

    public static string Selection => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.Selection));

    public static string Calibration => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.Calibration));

    public static string DropLabel => OptionNames.Of<ReaderOptions>(nameof(ReaderOptions.DropLabel));

    public static string Data => OptionNames.Of(CallArgument.Spec);
}
