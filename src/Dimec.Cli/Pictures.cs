using Dimec.Cartography;
using Dimec.Reporting;

namespace Dimec.Cli;

/// <summary>The pictures that commands write.</summary>
internal static class Pictures
{
    /// <summary>The data map alone, as PNG.</summary>
    public static void DataMap(IReadOnlyList<SampleMetrics> metrics, int epochs, int? exit, Stream stream) =>
        DataMapPlot.WritePng(new DataMapInputs { Samples = metrics, Epochs = epochs, Exit = exit }, stream);
}
