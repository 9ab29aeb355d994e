using Dimec.Evaluation;

namespace Dimec.Reporting;

/// <summary>What the one picture of a README shows.</summary>
/// <param name="Title">The result in a few words, e.g. <c>sdk-docs: 48 % of the cost saved, accuracy −0.2 points</c>;
/// longer ones are lettered smaller.</param>
/// <param name="Subtitle">What was run, 130 letters at most.</param>
/// <param name="Map">The data map.</param>
/// <param name="Frontier">The frontier.</param>
/// <param name="Evaluation">Every policy on the same samples: the rows of the table.</param>
/// <param name="Policy">The name of the chosen plan's row.</param>
public sealed record SummaryInputs(
    string Title, string Subtitle, DataMapInputs Map, Frontier Frontier, EvaluationDocument Evaluation, string Policy);
