using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Display;

namespace Dimec.Tests.Display;

public class PrintableTests
{
    private const string Hostile = "a\tb\r\n\e[2J\u0000\u007f\u0085\u009b\u061c\u200e\u200f\u202e\u2028\u2029\u2066\ufeff";

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("naïve café — 42 %, 日本語, русский, 👩‍👧, می‌خواهم")]
    [InlineData("")]
    public void Text_of_any_script_stays_as_it_is(string text)
    {
        Assert.Equal(text, Printable.Line(text));
        Assert.Equal(text, Printable.Field(text));
        Assert.Equal(text, Printable.Json(text));
    }

    [Fact]
    public void What_steers_becomes_a_blank_or_is_escaped()
    {
        Assert.Equal("a b  " + " [2J" + new string(' ', 12), Printable.Line(Hostile));
        Assert.Equal(
            @"a\tb\r\n\u001B[2J\u0000\u007F\u0085\u009B\u061C\u200E\u200F\u202E\u2028\u2029\u2066\uFEFF", Printable.Field(Hostile));
        var json = Printable.Json($"[\n\t{JsonSerializer.Serialize(Hostile, s_relaxed)}\n]");
        Assert.DoesNotContain(json, letter => letter > '~');
        Assert.Equal(Hostile, JsonDocument.Parse(json).RootElement[0].GetString());
    }
}
