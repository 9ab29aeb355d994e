using Dimec.Serving.Backends;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>Deploys backends by hand: what is to be served is what the test says.</summary>
/// <param name="first">What is served first.</param>
internal sealed class FakeSource(ITierBackend first) : IBackendSource
{
    private volatile ITierBackend _next = first;

    public bool IsWatched { get; init; }

    /// <summary>What is to be served.</summary>
    public ITierBackend Next
    {
        get => _next;
        set => _next = value;
    }

    /// <summary>Called before a backend is given.</summary>
    public Action OnOpen { get; set; } = () => { };

    public string Look() => _next.Description.Hash;

    public ITierBackend Open()
    {
        OnOpen();
        return _next;
    }
}
