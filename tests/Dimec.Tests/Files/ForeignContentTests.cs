using System.Text;
using Dimec.Files;

namespace Dimec.Tests.Files;

public sealed class ForeignContentTests
{
    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:", "Git LFS")]
    [InlineData("\r\n<!DOCTYPE HTML><html>", "web page")]
    [InlineData("<html lang=\"en\">", "web page")]
    [InlineData("PK\u0003\u0004…", "ZIP")]
    public void What_a_file_really_holds_is_named(string start, string name) =>
        Assert.Contains(name, ForeignContent.Find(Encoding.UTF8.GetBytes(start))!.Value.Problem, StringComparison.Ordinal);

    [Fact]
    public void Other_encodings_and_compressions_are_named()
    {
        Assert.All([Encoding.Unicode, Encoding.BigEndianUnicode], encoding =>
        {
            Assert.Contains("UTF-16", Problem(encoding.GetBytes("{\"a\": 1}")), StringComparison.Ordinal);
            Assert.Contains("UTF-16", Problem([.. encoding.Preamble, .. encoding.GetBytes("é")]), StringComparison.Ordinal);
        });
        Assert.Contains("GGUF", Problem([.. "GGUF"u8, 3, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("begins with zeros", Problem(new byte[64]), StringComparison.Ordinal);
        Assert.Contains("gzip", Problem([0x1F, 0x8B, 8, 0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\uFEFF{\"label\": \"version https://git-lfs.github.com/spec/v1\"}")]
    [InlineData("Packs of words\tlabel")]
    [InlineData("<b>bold</b> claims\t1")]
    public void Text_is_no_other_format(string start) => Assert.Null(ForeignContent.Find(Encoding.UTF8.GetBytes(start)));

    private static string Problem(byte[] start) => ForeignContent.Find(start)!.Value.Problem;
}
