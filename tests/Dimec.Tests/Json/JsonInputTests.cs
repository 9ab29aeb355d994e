using System.Text;
using Dimec.Json;

namespace Dimec.Tests.Json;

public sealed class JsonInputTests
{
    [Theory]
    [InlineData("\uFEFF{\"a\": \"b\"}")]
    [InlineData("{\"a\": \"\\ud83d\\ude00 \\u0000\"}")]
    public void Whole_documents_are_parsed(string json)
    {
        using var document = JsonInput.Parse(Encoding.UTF8.GetBytes(json), "f.json", "fix it");
        using var streamed = JsonInput.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)), "f.json", "fix it");

        Assert.Equal(document.RootElement.GetProperty("a").GetString(), streamed.RootElement.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("", "f.json", "is empty")]
    [InlineData("\uFEFF \n", "f.json", "is empty")]
    [InlineData("{\n\"a\": }", "f.json line 2", "is not well-formed JSON")]
    [InlineData("{\n\n\"a\": \"\\ud83d\"}", "f.json line 3", "half a character")]
    [InlineData("{\"\\udc00\": 1}", "f.json line 1", "half a character")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "f.json", "Git LFS")]
    public void What_cannot_be_read_is_one_sentence_with_its_line(string json, string where, string problem)
    {
        var error = Text.Error(() => JsonInput.Parse(Encoding.UTF8.GetBytes(json), "f.json", "fix it"));

        Assert.Equal(where, error.Where);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_with_their_line()
    {
        var error = Text.Error(() => JsonInput.Parse((byte[])[.. "{\n\"a\": \"caf"u8, 0xE9, .. "\"}"u8], "f.json", "fix it"));

        Assert.Equal(("f.json line 2", "holds bytes that are not UTF-8"), (error.Where, error.Problem));
        Assert.Equal("line", Text.Error(() => JsonInput.Parse("{"u8.ToArray(), "line", "fix it", isLine: true)).Where);
    }
}
