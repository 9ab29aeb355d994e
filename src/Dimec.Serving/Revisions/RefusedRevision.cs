namespace Dimec.Serving.Revisions;

/// <summary>Why what is to be served is not.</summary>
/// <param name="Sentence">One or more sentences: what, where, how to mend it.</param>
/// <param name="Revision">Its revision; null where that cannot be told.</param>
internal sealed record RefusedRevision(string Sentence, int? Revision);
