using System.Security.Authentication;
using Dimec.OpenInference.Client;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>What a server says of a client's certificate by an alert, found where the library leaves it.</summary>
public class TlsAlertsTests
{
    [Theory]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "it wants a client certificate, and none was shown")]
    [InlineData("error:0A000412:SSL routines::sslv3 alert bad certificate", "it does not take the client certificate")]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", "it does not know the authority of the client certificate")]
    [InlineData("error:0A000415:SSL routines::sslv3 alert certificate expired", "the client certificate has run out, by its clock")]
    public void An_alert_is_a_sentence_over_either_transport(string words, string sentence)
    {
        var cause = new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.",
            new IOException("The decryption operation failed, see inner exception.", new AuthenticationException(words)));
        var (rest, grpc) = (RestFailures.Of(cause), GrpcFailures.Of(new global::Grpc.Core.RpcException(
            new global::Grpc.Core.Status(global::Grpc.Core.StatusCode.Unavailable, "", cause))));
        Assert.Equal((OpenInferenceFailureReason.Unreachable, sentence), (rest.Reason, rest.Message));
        Assert.Equal((OpenInferenceFailureReason.Unreachable, sentence), (grpc.Reason, grpc.Message));
    }

    [Fact]
    public void What_is_no_such_alert_keeps_its_own_words() => Assert.Equal(
        "Connection refused",
        RestFailures.Of(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")).Message);
}
