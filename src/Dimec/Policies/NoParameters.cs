namespace Dimec.Policies;

/// <summary>The parameters of a policy that has nothing to set.</summary>
public sealed record NoParameters : PolicyParameters
{
    private NoParameters()
    {
    }

    /// <summary>The one of them.</summary>
    public static NoParameters Instance { get; } = new();
}
