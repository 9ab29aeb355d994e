using Dimec.Predictions;

namespace Dimec.Text.Tasks;

/// <summary>The files of a task; a part without one is split off train.</summary>
internal sealed record PartFiles(string Train, string? Selection, string? Calibration, string? Dev)
{
    /// <summary>The parts that have a file.</summary>
    public IEnumerable<(string Part, string Path)> Named
    {
        get
        {
            yield return (PartNames.Train, Train);
            if (Selection is not null)
                yield return (PartNames.Selection, Selection);
            if (Calibration is not null)
                yield return (PartNames.Calibration, Calibration);
            if (Dev is not null)
                yield return (PartNames.Dev, Dev);
        }
    }
}
