namespace Dimec.OpenInference.Client;

/// <summary>The connection that the next calls go over.</summary>
/// <typeparam name="T">What makes the calls.</typeparam>
/// <param name="connect">Makes a connection; nothing is sent yet.</param>
internal sealed class ConnectionSlot<T>(Func<Connection<T>> connect) : IDisposable
{
    private readonly Lock _lock = new();
    private Connection<T> _current = connect();
    private bool _closed;

    /// <summary>Begins a call; whoever made it leaves the connection when it has ended.</summary>
    /// <exception cref="ObjectDisposedException">The client was closed.</exception>
    public Connection<T> Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed || !_current.TryEnter(), typeof(OpenInferenceClient));
            return _current;
        }
    }

    /// <summary>The next calls go over a new connection, those under way keep theirs.</summary>
    public void Reconnect()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _current.Dispose();
            _current = connect();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _current.Dispose();
        }
    }
}
