namespace Dimec.Policies;

/// <summary>
/// Decides, step by step, where a sample is processed. The same object runs offline over recorded exits, in the client and in a
/// server: it is asked for the next step, gets back what the tier said, and is asked again until it says that the last visit answers.
/// Implementations are immutable and safe for concurrent use.
/// </summary>
public interface IPolicy
{
    /// <summary>The length of the e(x) that the policy asks for; 0 where it asks for none.</summary>
    int EmbeddingSize => 0;

    /// <summary>The next step for a sample.</summary>
    /// <param name="state">What is known of the sample so far. In the first call no tier has been visited.</param>
    PolicyStep Next(in PolicyState state);
}
