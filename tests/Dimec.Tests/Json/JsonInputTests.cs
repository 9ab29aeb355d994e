using System.Text;
using System.Text.Json;
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
        var error = TextFiles.Error(() => JsonInput.Parse(Encoding.UTF8.GetBytes(json), "f.json", "fix it"));

        Assert.Equal(where, error.Where);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\uFEFF\"{}\"")]
    public void A_document_that_is_no_object_is_refused_where_one_belongs(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var error = TextFiles.Error(() => JsonInput.ParseObject(bytes, "f.json", "fix it"));
        var streamed = TextFiles.Error(() => JsonInput.ParseObject(new MemoryStream(bytes), "f.json", "fix it", otherwise: "is odd"));

        Assert.Equal("f.json: is not a JSON object; fix it.", error.ToString());
        Assert.Equal("f.json: is odd; fix it.", streamed.ToString());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_with_their_line()
    {
        var error = TextFiles.Error(() => JsonInput.Parse((byte[])[.. "{\n\"a\": \"caf"u8, 0xE9, .. "\"}"u8], "f.json", "fix it"));

        Assert.Equal(("f.json line 2", "holds bytes that are not UTF-8"), (error.Where, error.Problem));
        Assert.Equal("line", TextFiles.Error(() => JsonInput.Parse("{"u8.ToArray(), "line", "fix it", isLine: true)).Where);
    }

    [Fact]
    public void Keys_that_stand_twice_are_refused_where_that_is_asked_for_whatever_stands_in_them()
    {
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
        Assert.Equal("f.json", TextFiles.Error(() => JsonInput.Parse("{\"a\":1,\n\"a\":2}"u8.ToArray(), "f.json", "fix it", strict)).Where);
        Assert.Contains(
            "half a character", TextFiles.Error(() => JsonInput.Parse("{\"\\ud800\":1}"u8.ToArray(), "f.json", "fix it", strict)).Problem,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "is a JSON array where one object belongs")]
    [InlineData("7", "is not a JSON object")]
    [InlineData("{\"a\": NaN}", "holds NaN or Infinity, which JSON does not have")]
    [InlineData("{\"a\":", "ends within an object")]
    [InlineData("{\"a\": 1}{\"a\": 2}", "holds more than one object")]
    [InlineData("{\"a\": 1}\r{\"a\": 2}", "holds several objects: the file's lines end with CR alone")]
    [InlineData("{'a': 1}", "has single quotes, as Python shows a dictionary")]
    [InlineData("{\"a\": 1}\0\0", "holds zero bytes")]
    [InlineData("{\"a\" 1}", "is not well-formed JSON (")]
    public void A_line_that_is_not_one_object_says_why(string line, string problem)
    {
        var error = TextFiles.Error(() => JsonInput.ParseLine(Encoding.UTF8.GetBytes(line), "f.jsonl line 3"));
        Assert.Equal("f.jsonl line 3", error.Where);
        Assert.StartsWith(problem, error.Problem, StringComparison.Ordinal);
    }
}
