using System.Text;
using Dimec.Bundles;

namespace Dimec.Tests.Bundles;

public class DeploymentRecordTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var record = new DeploymentRecord("2-b", ["1-a", "2-b", "3-c"]);
        using var stream = new MemoryStream();
        record.Write(stream);
        Assert.Equal(
            """
            {
              "format": 1,
              "current": "2-b",
              "revisions": [
                "1-a",
                "2-b",
                "3-c"
              ]
            }
            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(stream.ToArray()));
        stream.Position = 0;
        var read = DeploymentRecord.Read(stream, "deployed.json");
        Assert.Equal(record.Current, read.Current);
        Assert.Equal(record.Revisions, read.Revisions);
    }

    [Theory]
    [InlineData("""{"format":2,"current":"a","revisions":["a"]}""", "format")]
    [InlineData("""{"format":1,"current":"b","revisions":["a"]}""", "current: is 'b', which is none of revisions")]
    [InlineData("""{"format":1,"current":"","revisions":[]}""", "current")]
    [InlineData("""{"format":1,"current":"a","revisions":["a","a"]}""", "name a folder twice")]
    [InlineData("""{"format":1,"current":"../a","revisions":["../a"]}""", "revisions[0]: is '../a', no plain name of a folder")]
    [InlineData("""{"format":1,"current":"..","revisions":[".."]}""", "no plain name of a folder")]
    [InlineData("""{"format":1,"current":"a\\b","revisions":["a\\b"]}""", "no plain name of a folder")]
    [InlineData("""{"format":1,"current":"a\nb","revisions":["a\nb"]}""", "no plain name of a folder")]
    [InlineData("""{"format":1,"current":"a","revisions":["a"],"more":1}""", "more")]
    [InlineData("""{"format":1,"current":"a"}""", "revisions")]
    [InlineData("[]", "deployed.json")]
    public void What_is_no_such_file_is_refused_in_a_sentence(string json, string sentence)
    {
        var wrong = Assert.Throws<InputException>(
            () => DeploymentRecord.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "deployed.json"));
        Assert.Contains(sentence, wrong.Message, StringComparison.Ordinal);
    }
}
