namespace Dimec.OpenInference.Tests;

public class ProtocolExceptionTests
{
    [Fact]
    public void What_a_sentence_quotes_steers_no_terminal_and_does_not_go_on_for_ever()
    {
        Assert.Equal("'a [31m' and ' x ' é", new ProtocolException("'a\u001b[31m' and '\u202ex\n' é").Message);
        var cut = new ProtocolException(ProtocolStatus.Full, new string('x', 999) + "\U0001F600\u0007" + new string('y', 1_000_000));
        Assert.Equal((new string('x', 999) + "…", ProtocolStatus.Full), (cut.Message, cut.Status));
        Assert.Equal(1000, new ProtocolException(new string('x', 1000)).Message.Length);
    }
}
