using Dimec.Text;

namespace Dimec.Training.Data;

/// <summary>What a run needs to know of its task.</summary>
internal sealed record TrainingData(
    string Name, string Metric, Dataset Train, Dataset Selection, Dataset Calibration, Dataset Dev, IReadOnlyList<DataSource> Sources)
{
    public IReadOnlyList<string> Labels => Train.Labels;

    public bool HasPair => Train.HasPair;

    public IReadOnlyList<Dataset> HeldOut => [Selection, Calibration, Dev];

    public static TrainingData Of(TaskData task) =>
        new(task.Name, task.Metric, task.Train, task.Selection, task.Calibration, task.Dev, task.Sources);
}
