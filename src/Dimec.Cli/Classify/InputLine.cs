namespace Dimec.Cli.Classify;

/// <summary>A line that was read.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The text, without its end; empty where it cannot be had.</param>
/// <param name="Wrong">What is wrong with it and how to mend it; null where nothing is.</param>
internal readonly record struct InputLine(int Number, string Text, (string Problem, string Fix)? Wrong = null);
