using Dimec.Bundles;
using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>What rows are run on: the models of one bundle. Rows of two of them are never run together.</summary>
internal interface IRowsRunner
{
    /// <summary>Runs rows through layers, on an instance's thread; what it throws is the callers' whose rows they are.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="rows">The rows, whosever they are.</param>
    /// <param name="hidden">Whether the states after the last layer are wanted.</param>
    StretchResult Run(LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden);

    /// <summary>Called after each run that gave something.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="took">How long it took.</param>
    void Ran(LayerStretch layers, int rows, TimeSpan took);

    /// <summary>Rows have been taken for a run, while somebody waits for them: from now on the models are needed, whoever still waits.
    /// </summary>
    void Hold();

    /// <summary>That run has ended.</summary>
    void LetGo();
}
