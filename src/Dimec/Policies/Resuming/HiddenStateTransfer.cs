namespace Dimec.Policies.Resuming;

/// <summary>How hidden states travel from tier to tier.</summary>
/// <param name="Format">In what numbers. Default: as they are.</param>
/// <param name="Compressed">Whether requests that bring them are compressed (gzip). Default: not.</param>
public sealed record HiddenStateTransfer(HiddenStateFormat Format = HiddenStateFormat.Fp32, bool Compressed = false);
