using System.Text.Json.Nodes;

namespace Dimec.Checkpoints.Tests.HuggingFace;

/// <summary>The labels that a checkpoint names: of our exits they are used, of a foreign classifier they are only told.</summary>
public sealed class LabelNamesTests
{
    private const string Exits = """{"exits":[1],"head":"linear","pooling":"cls","max_length":12}""";

    [Fact]
    public void AClassifiersLabelsComeInTheOrderOfTheirIds()
    {
        using var folder = With("""{"1":"POSITIVE","0":"NEGATIVE"}""", """{"NEGATIVE":0,"POSITIVE":1}""");
        var checkpoint = Checkpoint.Load(folder.Path);
        Assert.Equal(["NEGATIVE", "POSITIVE"], checkpoint.Labels);
        Assert.Empty(checkpoint.Notes);
    }

    [Theory]
    [InlineData("""{"1":"a","2":"b"}""", null, "has the key \"2\" where its 2 labels have the ids 0 to 1, each once")]
    [InlineData("""{"0":"a","00":"b"}""", null, "has the key \"00\"")]
    [InlineData("""{"0":"a","-1":"b"}""", null, "has the key \"-1\"")]
    [InlineData("""{"0":"a","1":"a"}""", null, "gives the label \"a\" to 2 ids")]
    [InlineData("""{"0":"a","1":2}""", null, "is no object from ids to labels")]
    [InlineData("""["a","b"]""", null, "is no object from ids to labels")]
    [InlineData("""{"0":"a","1":"b"}""", """{"a":1,"b":0}""", "has \"b\" as 1 where label2id has \"a\"")]
    [InlineData("""{"0":"a","1":"b"}""", """{"a":0,"c":2}""", "has 2 labels where label2id gives \"c\" the id 2")]
    [InlineData("""{"0":"a","1":"b"}""", """{"a":"0"}""", "has 2 labels where label2id gives \"a\" the id 0")]
    [InlineData("""{"0":"a","1":"b"}""", "3", "stands beside a label2id that is no object")]
    public void ContradictionsAreRefusedWhereTheLabelsAreUsedAndToldWhereNot(string id2label, string? label2id, string expected)
    {
        using var foreign = With(id2label, label2id);
        var checkpoint = Checkpoint.Load(foreign.Path);
        Assert.Empty(checkpoint.Labels);
        Assert.Contains($"id2label {expected}", Assert.Single(checkpoint.Notes), StringComparison.Ordinal);

        using var own = With(id2label, label2id, Exits);
        Assert.Contains($"id2label: {expected}", own.Refused().Message, StringComparison.Ordinal);
    }

    private static TinyFolder With(string id2label, string? label2id, string? exits = null)
    {
        var folder = new TinyFolder();
        var config = JsonNode.Parse(TinyFolder.Config)!.AsObject();
        config["id2label"] = JsonNode.Parse(id2label);
        config["label2id"] = label2id is null ? null : JsonNode.Parse(label2id);
        if (exits is not null)
            config["dimec"] = JsonNode.Parse(exits);
        File.WriteAllText(folder["config.json"], config.ToJsonString());
        return folder;
    }
}
