namespace Dimec.Checkpoints.Tests.HuggingFace;

/// <summary>Which pooling is taken for the one that a checkpoint was trained with, and what is said where no file states it.</summary>
public sealed class PoolingTests
{
    private const string None = "\"pooling_mode_mean_tokens\":false";

    [Theory]
    [InlineData("""{"pooling_mode_mean_tokens":true,"pooling_mode_cls_token":false}""", ExitHeadConfig.MeanPooling)]
    [InlineData("""{"pooling_mode_mean_tokens":false,"pooling_mode_cls_token":true}""", ExitHeadConfig.ClsPooling)]
    [InlineData("""{"word_embedding_dimension":8,"pooling_mode":"mean","include_prompt":false}""", ExitHeadConfig.MeanPooling)]
    [InlineData("""{"pooling_mode":"CLS"}""", ExitHeadConfig.ClsPooling)]
    [InlineData("""{"pooling_mode":["cls"]}""", ExitHeadConfig.ClsPooling)]
    [InlineData("""{"word_embedding_dimension":8}""", ExitHeadConfig.MeanPooling)]
    public void SentenceTransformersSayTheirPooling(string settings, string expected)
    {
        using var folder = WithPooling(settings);
        var checkpoint = Checkpoint.Load(folder.Path);
        Assert.Equal((expected, null), (checkpoint.TrainedPooling, checkpoint.PoolingNote));
    }

    [Theory]
    [InlineData("{" + None + ",\"pooling_mode_max_tokens\":true}", "max pooling is not supported; mean is used instead")]
    [InlineData(
        "{" + None + ",\"pooling_mode_mean_sqrt_len_tokens\":true}", "mean_sqrt_len_tokens pooling is not supported; mean is used instead")]
    [InlineData("{" + None + ",\"pooling_mode_weightedmean_tokens\":true}", "weightedmean pooling is not supported; mean is used instead")]
    [InlineData("{" + None + ",\"pooling_mode_lasttoken\":true}", "lasttoken pooling is not supported; mean is used instead")]
    [InlineData("""{"pooling_mode":"max"}""", "max pooling is not supported; mean is used instead")]
    [InlineData("""{"pooling_mode_max_tokens":true}""", "asks for the poolings mean and max side by side")]
    [InlineData(
        "{" + None + ",\"pooling_mode_max_tokens\":true,\"pooling_mode_cls_token\":true}",
        "the poolings cls and max side by side, and only one of cls and mean is supported; cls is used instead")]
    [InlineData("""{"pooling_mode":["cls","mean"]}""", "asks for the poolings cls and mean side by side")]
    [InlineData("{"
        + None + ",\"pooling_mode_median\":true}", "asks for median pooling, and median pooling is not supported; mean is used instead")]
    [InlineData("""{"pooling_mode_median":true}""", "asks for the poolings mean and median side by side")]
    [InlineData("{" + None + "}", "sets no pooling mode; mean is used instead")]
    [InlineData(
        """{"pooling_mode":"cls","pooling_mode_mean_tokens":true}""",
        "names the pooling cls and has the flags of mean; cls is used instead")]
    public void APoolingThatIsNotSupportedIsSaid(string settings, string expected)
    {
        using var folder = WithPooling(settings);
        Assert.Contains(expected, Checkpoint.Load(folder.Path).PoolingNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "is no JSON object")]
    [InlineData("{\"pooling_mode\":\"median\"}", "pooling_mode: is none of cls, mean, max")]
    [InlineData("{\"pooling_mode\":3}", "pooling_mode: is none of cls")]
    [InlineData("{\"pooling_mode_max_tokens\":\"yes\"}", "pooling_mode_max_tokens: is neither true nor false")]
    public void SettingsThatAreWrongAreNamed(string settings, string expected)
    {
        using var folder = WithPooling(settings);
        Assert.Contains(expected, folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatSentenceTransformersDoToATextFirstIsSaid()
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder["sentence_bert_config.json"], """{"max_seq_length": 16, "do_lower_case": true}""");
        Assert.Equal(
            [
                $"{folder["sentence_bert_config.json"]} cuts texts at 16 tokens (max_seq_length); here MaxLength says where they are cut.",
                $"{folder["sentence_bert_config.json"]} lower-cases texts before they become tokens (do_lower_case); "
                + "here the tokenizer's own files say whether letters are lower-cased.",
            ],
            Checkpoint.Load(folder.Path).Notes);

        File.WriteAllText(folder["sentence_bert_config.json"], """{"max_seq_length": null, "do_lower_case": false}""");
        Assert.Empty(Checkpoint.Load(folder.Path).Notes);
        File.WriteAllText(folder["sentence_bert_config.json"], "[]");
        Assert.Contains("sentence_bert_config.json: is no JSON object", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "models--sentence-transformers--all-MiniLM-L6-v2/snapshots/c9745ed1d9f2", ExitHeadConfig.MeanPooling,
        "sentence-transformers/all-MiniLM-L6-v2")]
    [InlineData("models--BAAI--bge-small-en/snapshots/c9745ed1d9f2", ExitHeadConfig.ClsPooling, "BAAI/bge-small-en")]
    [InlineData("all-MiniLM-L6-v2", ExitHeadConfig.MeanPooling, "all-MiniLM-L6-v2")]
    [InlineData("sentence-transformers/nice-model", ExitHeadConfig.MeanPooling, "sentence-transformers")]
    [InlineData("all-MiniLM-L6-v2/fp16/today", ExitHeadConfig.MeanPooling, "all-MiniLM-L6-v2")]
    public void ANameInThePathTellsIt(string path, string pooling, string name)
    {
        using var folder = new TinyFolder();
        using var other = new TemporaryFolder();
        var checkpoint = Checkpoint.Load(folder.CopyTo(other.File(path.Split('/'))));
        Assert.Equal(pooling, checkpoint.TrainedPooling);
        Assert.Equal(
            $"The pooling {pooling} is assumed: the name \"{name}\" is known for a sentence encoder's; name another with Pooling.",
            checkpoint.PoolingNote);
    }

    [Fact]
    public void ALinkIsFollowedToTheNameThatTellsIt()
    {
        using var folder = new TinyFolder();
        using var other = new TemporaryFolder();
        folder.CopyTo(other.File("models--sentence-transformers--all-MiniLM-L6-v2", "snapshots", "c9"));
        Directory.CreateSymbolicLink(
            other.File("backbone"), other.File("models--sentence-transformers--all-MiniLM-L6-v2", "snapshots", "c9"));
        Assert.Equal(ExitHeadConfig.MeanPooling, Checkpoint.Load(other.File("backbone")).TrainedPooling);
    }

    [Fact]
    public void ACacheOfSentenceTransformersDoesNotMakeAnotherModelOne()
    {
        using var folder = new TinyFolder();
        using var other = new TemporaryFolder();
        var checkpoint = Checkpoint.Load(
            folder.CopyTo(other.File("sentence_transformers", "models--bert-base-uncased", "snapshots", "c9")));
        Assert.Null(checkpoint.TrainedPooling);
    }

    [Fact]
    public void WhereNothingTellsItTheAssumptionIsSaid()
    {
        using var folder = new TinyFolder();
        var checkpoint = Checkpoint.Load(folder.Path);
        Assert.Null(checkpoint.TrainedPooling);
        Assert.Equal(
            $"Nothing in {folder.Path} says which pooling its weights were trained with, "
            + "so [CLS] is assumed; a sentence encoder needs Pooling mean.",
            checkpoint.PoolingNote);
    }

    [Theory]
    [InlineData("config_sentence_transformers.json")]
    [InlineData("sentence_bert_config.json")]
    public void AFileOfASentenceEncoderTellsTheMean(string file)
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder[file], "{}");
        var checkpoint = Checkpoint.Load(folder.Path);
        Assert.Equal(ExitHeadConfig.MeanPooling, checkpoint.TrainedPooling);
        Assert.Contains(
            $"{folder[file]} is a sentence encoder's, and no file says how it pools", checkpoint.PoolingNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentence_transformers.models.Pooling")]
    [InlineData("sentence_transformers.sentence_transformer.modules.pooling.Pooling")]
    public void ModulesNameTheFolderOfThePoolingAndThatOfTheEncoder(string type)
    {
        using var folder = new TinyFolder();
        using var other = new TemporaryFolder();
        folder.CopyTo(other.File("0_Transformer"));
        Directory.CreateDirectory(other.File("2_Pooling"));
        File.WriteAllText(other.File("2_Pooling", "config.json"), "{" + None + ",\"pooling_mode_cls_token\":true}");
        File.WriteAllText(
            other.File("modules.json"),
            $$"""[{"idx":0,"name":"0","path":"0_Transformer","type":"sentence_transformers.models.Transformer"},{"path":"2_Pooling","type":"{{type}}"}]""");

        var checkpoint = Checkpoint.Load(other.File("0_Transformer"));

        Assert.Equal((ExitHeadConfig.ClsPooling, null), (checkpoint.TrainedPooling, checkpoint.PoolingNote));
        Assert.Contains(
            $"name the folder {other.File("0_Transformer")}, which holds one",
            Assert.Throws<InputException>(() => Checkpoint.Load(other.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AForeignFileAboveTheEncoderIsNoneOfItsSettings()
    {
        using var folder = new TinyFolder();
        using var other = new TemporaryFolder();
        folder.CopyTo(other.File("encoder"));
        File.WriteAllText(other.File("modules.json"), "{\"encoder\":");
        Assert.Null(Checkpoint.Load(other.File("encoder")).TrainedPooling);
    }

    [Fact]
    public void TheFolderOfTheHubsCacheLeadsToItsSnapshots()
    {
        using var other = new TemporaryFolder();
        Directory.CreateDirectory(other.File("snapshots", "c9"));
        Assert.Contains(
            $"name one of the snapshots in this folder of the hub's cache, e.g. {other.File("snapshots", "c9")}",
            Assert.Throws<InputException>(() => Checkpoint.Load(other.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassifierPoolsTheFirstToken()
    {
        using var folder = new TinyFolder();
        File.WriteAllText(
            folder["config.json"],
            TinyFolder.Config.Replace("{", "{\"architectures\":[\"BertForSequenceClassification\"],", StringComparison.Ordinal));
        var checkpoint = Checkpoint.Load(folder.Path);
        Assert.Equal((ExitHeadConfig.ClsPooling, null), (checkpoint.TrainedPooling, checkpoint.PoolingNote));
    }

    private static TinyFolder WithPooling(string settings)
    {
        var folder = new TinyFolder();
        Directory.CreateDirectory(folder["1_Pooling"]);
        File.WriteAllText(Path.Combine(folder["1_Pooling"], "config.json"), settings);
        return folder;
    }
}
