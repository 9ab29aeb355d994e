using System.Text.Json.Nodes;

namespace Dimec.Checkpoints.Tests.HuggingFace;

public sealed class ConfigTests
{
    [Theory]
    [InlineData("roberta")]
    [InlineData("mpnet")]
    [InlineData("albert")]
    [InlineData("electra")]
    public void OtherArchitecturesAreRefusedInOneSentence(string type)
    {
        Assert.Equal(
            $"config.json model_type: is \"{type}\", whose layers, positions or names differ from BERT's; "
            + "give a checkpoint of BERT's architecture (model_type bert or distilbert).",
            Refused(("model_type", type)).Message);
    }

    [Theory]
    [InlineData("hidden_size", "is missing", null)]
    [InlineData("num_hidden_layers", "is 25 where a whole number from 1 to 24 is expected", 25)]
    [InlineData("num_hidden_layers", "is 0 where a whole number from 1 to 24 is expected", 0)]
    [InlineData("num_attention_heads", "is 3, which does not divide hidden_size 8", 3)]
    [InlineData("vocab_size", "is 1.5 where a whole number of at least 1 is expected", 1.5)]
    [InlineData("hidden_act", "is \"swish\" where gelu, gelu_new and relu are supported", "swish")]
    [InlineData("hidden_dropout_prob", "is 1 where a probability of at least 0 and below 1 is expected", 1)]
    [InlineData("layer_norm_eps", "is 0 where a finite number above 0 in single precision is expected", 0)]
    [InlineData("layer_norm_eps", "is 1E-50 where a finite number above 0 in single precision is expected", 1e-50)]
    [InlineData("layer_norm_eps", "is 1E+300 where a finite number above 0 in single precision is expected", 1e300)]
    [InlineData("pad_token_id", "is 20, outside the vocabulary of 20", 20)]
    [InlineData("position_embedding_type", "is \"relative_key\" where only \"absolute\" is supported", "relative_key")]
    [InlineData("is_decoder", "says that the model is a decoder", true)]
    [InlineData("is_decoder", "is \"yes\" where true or false is expected", "yes")]
    [InlineData("_name_or_path", "is 3 where a string is expected", 3)]
    [InlineData("architectures", "is \"BertModel\" where an array of strings is expected", "BertModel")]
    [InlineData("pruned_heads", "says that attention heads were cut out, which leaves layers of unlike width", new[] { 1 })]
    public void AWrongValueIsNamed(string key, string expected, object? value)
    {
        var exception = Refused((key, value));
        Assert.Equal($"config.json {key}", Assert.Single(exception.Errors).Where);
        Assert.Equal(expected, exception.Errors[0].Problem);
    }

    [Fact]
    public void AllWrongValuesAreReportedTogether() =>
        Assert.Equal(3, Refused(("hidden_size", null), ("vocab_size", -1), ("model_type", "t5")).Errors.Count);

    [Theory]
    [InlineData("gelu", Activation.Gelu)]
    [InlineData("gelu_python", Activation.Gelu)]
    [InlineData("gelu_new", Activation.GeluTanh)]
    [InlineData("gelu_pytorch_tanh", Activation.GeluTanh)]
    [InlineData("relu", Activation.Relu)]
    public void ActivationsGoByTheirNames(string name, Activation expected) =>
        Assert.Equal(expected, Read(Changed(("hidden_act", name))).HiddenActivation);

    [Theory]
    [InlineData("{\"a\":1,\n\"b\"", "config.json line 2: is not well-formed JSON")]
    [InlineData("[]", "config.json: is no JSON object")]
    [InlineData("", "config.json: is empty")]
    public void TextThatIsNoObjectIsNamed(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{"exits":[2,1],"head":"pooler","pooling":"cls","max_length":12}""", "dimec exits: must be ascending layer numbers from 1 to 2")]
    [InlineData(
        """{"exits":[3],"head":"pooler","pooling":"cls","max_length":12}""", "dimec exits: must be ascending layer numbers from 1 to 2")]
    [InlineData(
        """{"exits":[],"head":"pooler","pooling":"cls","max_length":12}""", "dimec exits: must be ascending layer numbers from 1 to 2")]
    [InlineData("""{"exits":[1],"head":"deep","pooling":"cls","max_length":12}""", "dimec head: must be \"pooler\" or \"linear\"")]
    [InlineData("""{"exits":[1],"head":"linear","pooling":"max","max_length":12}""", "dimec pooling: must be \"cls\" or \"mean\"")]
    [InlineData(
        """{"exits":[1],"head":"linear","pooling":"cls","max_length":13}""",
        "dimec max_length: is 13 where a whole number from 1 to 12 is expected")]
    [InlineData("3", "dimec: is no object")]
    public void WrongExitsAreNamed(string dimec, string expected)
    {
        var text = Changed(("dimec", JsonNode.Parse(dimec)), ("id2label", JsonNode.Parse("""{"0":"a","1":"b"}""")));
        Assert.Contains(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExitsNeedLabels()
    {
        var text = Changed(
            ("dimec", JsonNode.Parse("""{"exits":[1],"head":"linear","pooling":"cls","max_length":12}""")),
            ("id2label", JsonNode.Parse("""{"0":"a"}""")));
        Assert.Contains(
            "id2label: must name at least two labels", Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    private static InputException Refused(params (string Key, object? Value)[] changes) =>
        Assert.Throws<InputException>(() => Read(Changed(changes)));

    private static string Changed(params (string Key, object? Value)[] changes)
    {
        var root = JsonNode.Parse(TinyFolder.Config)!.AsObject();
        foreach (var (key, value) in changes)
        {
            root.Remove(key);
            if (value is not null)
                root.Add(key, value as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(value));
        }

        return root.ToJsonString();
    }

    private static EncoderConfig Read(string text) =>
        EncoderConfig.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "config.json");
}
