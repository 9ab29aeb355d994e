using Dimec.OpenInference;

namespace Dimec.Serving.Admission;

/// <summary>The bytes that requests under way take together. Bounds them, and lets no unfinished body keep others out.</summary>
/// <param name="most">The most bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class InFlightBytes(long most, TimeProvider time)
{
    /// <summary>How long a body may take to arrive before it makes room for another where there is none left.</summary>
    private static readonly TimeSpan s_undisturbed = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<InFlightRequest> _arriving = [];
    private long _bytes;

    /// <summary>Takes more room for a request, or gives some of its back.</summary>
    /// <exception cref="ProtocolException">There is no room for that many bytes more.</exception>
    public void Change(InFlightRequest request, long bytes)
    {
        List<InFlightRequest> ended = [];
        bool fits;
        lock (_lock)
        {
            for (var oldest = _arriving.First; oldest is not null && _bytes + bytes > most && bytes > 0; oldest = oldest.Next)
            {
                if (oldest.Value == request || oldest.Value.Bytes == 0 || time.GetElapsedTime(oldest.Value.Since) < s_undisturbed)
                    continue;
                // Its buffers are let go of as soon as it notices.
                _bytes -= oldest.Value.Bytes;
                oldest.Value.Bytes = 0;
                ended.Add(oldest.Value);
            }

            ended.ForEach(Remove);
            fits = bytes <= 0 || _bytes + bytes <= most;
            if (fits)
            {
                // What was ended has given its room back already.
                bytes = Math.Max(bytes, -request.Bytes);
                _bytes += bytes;
                request.Bytes += bytes;
            }
        }

        ended.ForEach(one => one.End(new ProtocolException(
            ProtocolStatus.Full,
            "the body took more than a second to arrive, and others needed its room; "
            + "try again later, with fewer rows in a request, or on another tier")));
        if (fits)
            return;
        throw new ProtocolException(
            ProtocolStatus.Full,
            $"the requests under way leave no room for this one in the {most} "
            + "bytes that this tier holds; try again later or on another tier");
    }

    /// <summary>A body begins to arrive.</summary>
    public void Enter(InFlightRequest request)
    {
        lock (_lock)
            request.Place = _arriving.AddLast(request);
    }

    /// <summary>A body is here, or will not be.</summary>
    public void Leave(InFlightRequest request)
    {
        lock (_lock)
            Remove(request);
    }

    /// <summary>Gives back all that a request takes.</summary>
    public void Release(InFlightRequest request)
    {
        lock (_lock)
        {
            _bytes -= request.Bytes;
            request.Bytes = 0;
        }
    }

    private void Remove(InFlightRequest request)
    {
        if (request.Place is { } place)
            _arriving.Remove(place);
        request.Place = null;
    }
}
