using System.Text;
using Dimec.Serving.Security;

namespace Dimec.Serving.Tests.Security;

/// <summary>Keys, their file, and how they are compared.</summary>
public class KnownKeysTests
{
    [Fact]
    public void A_key_is_known_by_its_line_and_by_nothing_else()
    {
        var keys = Enumerable.Range(0, 5).Select(i => ApiKey.Create($"caller-{i}", isAdmin: i == 3)).ToArray();
        var known = Known(string.Join('\n', keys.Select(key => key.Line)));

        Assert.Equal(5, known.Count);
        foreach (var (place, key) in keys.Index())
        {
            Assert.Matches("^dimec_[A-Za-z0-9_-]{43}$", key.Secret);
            Assert.DoesNotContain(key.Secret, key.Line, StringComparison.Ordinal);
            Assert.DoesNotContain(key.Secret, $"{key}", StringComparison.Ordinal);
            Assert.Equal((key.Name, place == 3), (known.Find(key.Secret)!.Name, known.Find(key.Secret)!.IsAdmin));
            Assert.Null(known.Find(key.Secret + " "));
            Assert.Null(known.Find(key.Secret[..^1]));
            // The hash lets nobody in.
            Assert.Null(known.Find(key.Line.Split(' ')[1]));
            Assert.Null(known.Find(key.Line.Split(':')[1]));
        }

        Assert.Null(known.Find(""));
        Assert.Null(known.Find(new string('a', 100_000)));
        Assert.Equal(5, keys.Select(key => key.Secret).Distinct().Count());
    }

    [Fact]
    public void Comments_blanks_and_line_ends_of_any_kind_are_let_pass()
    {
        var key = ApiKey.Create("a", isAdmin: true);
        var known = Known($"\uFEFF# whose\r\n\r\n  {key.Line.Replace(" ", "\t ", StringComparison.Ordinal)}   # since May\r\n");
        Assert.Equal(("a", true), (known.Find(key.Secret)!.Name, known.Find(key.Secret)!.IsAdmin));
    }

    [Fact]
    public void Every_line_that_is_none_is_named_without_what_it_holds()
    {
        var key = ApiKey.Create("a");
        var hash = key.Line.Split(' ')[1];
        var wrong = Assert.Throws<InputException>(() => Known(
            $"{key.Line}\n{key.Secret}\nb {key.Secret}\nb {hash[..^1]}\nb {hash} root\nb/c {hash}\nb sha1:{hash[7..]}\n"
            + $"a {hash[..^2]}00\nc {hash}"));
        Assert.Equal(
            ["keys:2", "keys:3", "keys:4", "keys:5", "keys:6", "keys:7", "keys:8", "keys:9"], wrong.Errors.Select(error => error.Where));
        Assert.Equal("has the name a a second time", wrong.Errors[6].Problem);
        Assert.Equal("has the hash of another line, as c", wrong.Errors[7].Problem);
        Assert.DoesNotContain(key.Secret, wrong.Message, StringComparison.Ordinal);
        Assert.Equal("holds no key, so that nobody could ask", Assert.Single(
            Assert.Throws<InputException>(() => Known("# none\n")).Errors).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a#")]
    public void A_name_that_a_line_could_not_hold_is_refused(string name) =>
        Assert.Equal($"Name: is '{name}'; give 1 to 64 letters, digits, dots, hyphens and underscores.",
            Assert.Throws<InputException>(() => ApiKey.Create(name)).Message);

    private static KnownKeys Known(string text) => KnownKeys.Of("keys", Encoding.UTF8.GetBytes(text));
}
