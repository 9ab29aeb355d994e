namespace Dimec.CommandLine.Streams;

/// <summary>Nobody reads standard output any more: there is nothing left to do, and nobody to say it to.</summary>
public sealed class OutputClosedException() : IOException("Nobody reads standard output any more.");
