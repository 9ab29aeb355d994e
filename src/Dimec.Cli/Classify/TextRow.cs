using Dimec.Inference;

namespace Dimec.Cli.Classify;

/// <summary>One of the texts to classify, or what is wrong with it.</summary>
/// <param name="Where">What a sentence calls it, e.g. <c>standard input line 3</c>.</param>
/// <param name="Input">The text; null where it is none.</param>
/// <param name="Wrong">What is wrong with it; null where nothing is.</param>
internal sealed record TextRow(string Where, TextInput? Input, InputError? Wrong);
