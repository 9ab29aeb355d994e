using System.Net;

namespace Dimec.Fuzzing.Network;

/// <summary>A server that answers whatever it is told to, below a client that takes it for one.</summary>
internal sealed class AnsweringHandler : HttpMessageHandler
{
    /// <summary>The next answers.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = Answer(request);
        answer.RequestMessage = request;
        return Task.FromResult(answer);
    }
}
