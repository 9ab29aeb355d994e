namespace Dimec.Policies.Fitting;

/// <summary>How a tier may go on from the hidden state of another (method section 9).</summary>
public enum ResumeRoute
{
    /// <summary>The tier that has it sends it on. The default.</summary>
    Forward,

    /// <summary>The client carries it, and pays the whole way to the next tier.</summary>
    Carry,

    /// <summary>Not at all: every tier starts over from the text.</summary>
    Off,
}
