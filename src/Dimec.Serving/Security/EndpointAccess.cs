namespace Dimec.Serving.Security;

/// <summary>Who may ask an address, where that is not everybody that the tier knows. What has none of these is asked with a key.</summary>
internal sealed class EndpointAccess
{
    /// <summary>Anybody: health, for probes have no key.</summary>
    public static readonly EndpointAccess Anybody = new();

    /// <summary>Who may change what is served.</summary>
    public static readonly EndpointAccess Admin = new();

    private EndpointAccess()
    {
    }
}
