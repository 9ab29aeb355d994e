using Dimec.Predictions;

namespace Dimec.Evaluation;

/// <summary>What a part's figures must not be taken for: a run's parts have their uses, and only what was put to none of them is unseen.</summary>
public static class PartNotes
{
    /// <summary>What is to be said of a part, one sentence each.</summary>
    /// <param name="part">The part's name.</param>
    public static IReadOnlyList<string> Of(string part) => part switch
    {
        TrainPart.Name => ["The model was trained on the samples of train: their answers are memorised in part, so accuracies, drops and intervals say nothing of texts that it has not seen. Report dev."],
        SelectionPart.Name => ["Policies and temperatures are chosen on the samples of selection: figures on them flatter what was chosen, intervals included. Report dev."],
        "calibration" => ["Promises are tested on the samples of calibration, and by default they are split off the training data: figures on them are no independent check of a promise, nor of texts unlike the training data. Report dev."],
        _ => [],
    };
}
