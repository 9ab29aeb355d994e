namespace Dimec.Tests;

public class InputErrorTests
{
    [Fact]
    public void A_sentence_steers_no_terminal_whatever_it_quotes()
    {
        var error = new InputError("a\u001b[31m.json", "has the key '\u202ex\u2028'", "leave out '\u009b' and\n'\r'");
        Assert.Equal("a [31m.json: has the key ' x '; leave out ' ' and ' '.", error.ToString());
        Assert.Equal(error.ToString(), new InputException([error]).Message);
    }

    [Fact]
    public void A_part_that_is_somebodys_data_is_cut()
    {
        var error = new InputError("a", new string('x', 799) + "\U0001F600\U0001F600", "b");
        Assert.Equal($"a: {new string('x', 799)}…; b.", error.ToString());
    }
}
