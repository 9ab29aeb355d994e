using Dimec.Bundles;

namespace Dimec.Inference.Deployments;

/// <summary>How a bundle is put into a folder of deployments. Checked once, before anything is written.</summary>
public sealed record DeploymentOptions
{
    /// <summary>
    /// The tiers that are served from the folder; the files of others are not copied and may be absent. Null, the default: all of them.
    /// </summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>
    /// How many revisions are kept, the current one among them; 2 to 100, by default 3. Those that were deployed first go first.
    /// </summary>
    public int Keep { get; init; } = 3;

    /// <summary>Whose bundles are taken; null, the default: everybody's, signed or not.</summary>
    public BundleTrust? Trust { get; init; }

    internal void Validate(InputErrors errors)
    {
        if (Keep is < 2 or > 100)
            errors.Add(OptionNames.Of<DeploymentOptions>(nameof(Keep)), $"is {Keep}", "give 2 to 100");
    }
}
