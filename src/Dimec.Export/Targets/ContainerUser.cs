namespace Dimec.Export.Targets;

/// <summary>Who a tier runs as in its container.</summary>
internal static class ContainerUser
{
    /// <summary>
    /// The number of the user <c>app</c> of .NET's images: a cluster can tell of a number that it is not root, of a name not.
    /// </summary>
    public const int Id = 1654;
}
