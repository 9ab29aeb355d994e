namespace Dimec.Serving.Scheduling;

/// <summary>An item has lost its place in a full queue to one whose turn is before it.</summary>
internal sealed class PushedOutException : Exception;
