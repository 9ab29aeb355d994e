using Dimec.Cartography;

namespace Dimec.Runs.Maps;

/// <summary>The data map that one exit gives.</summary>
/// <param name="Metrics">The samples' metrics.</param>
/// <param name="Exit">The exit's layer number; null where it is not known.</param>
/// <param name="Epochs">Over how many epochs they were taken.</param>
/// <param name="Options">How the dynamics became metrics; null where the metrics came ready-made.</param>
public sealed record ExitMetrics(IReadOnlyList<SampleMetrics> Metrics, int? Exit, int Epochs, CartographyOptions? Options);
