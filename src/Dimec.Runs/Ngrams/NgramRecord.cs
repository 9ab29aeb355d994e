using System.Text.Json;
using System.Text.Json.Nodes;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Json;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Runs.Ngrams;

/// <summary>What <c>run.json</c> says of exit 0: what it was trained with, what that came to, and which file it is.</summary>
/// <param name="Settings">What it was trained with.</param>
/// <param name="LearningRate">The rate that was asked for or chosen, over 0.</param>
/// <param name="Samples">How many samples with labels it was trained on, at least 1.</param>
/// <param name="Texts">How many texts without labels.</param>
/// <param name="Rows">How many n-grams have weights in the file.</param>
/// <param name="Sha256">The lower-case hexadecimal SHA-256 of <c>ngram.bin</c>.</param>
public sealed record NgramRecord(NgramSettings Settings, double LearningRate, int Samples, int Texts, int Rows, string Sha256)
{
    private const string Key = "ngram";
    private const string Fix = "name the folder of a run that 'dimec train' wrote";

    /// <summary>Reads what a run's record says.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Null where there is no record, or one of before it said anything of exit 0.</returns>
    /// <exception cref="InputException">There is a record, and it is broken.</exception>
    public static NgramRecord? Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!File.Exists(run.Record))
            return null;
        using var document = JsonInput.Parse(InputFile.ReadAllBytes(run.Record), run.Record, Fix, JsonInput.KeysOnce);
        return new RecordNode(document.RootElement, run.Record, "").Find(Key) is { } node ? Read(node) : null;
    }

    /// <summary>Puts it into a run's record; a run of another training has none.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">There is a record, and it is broken.</exception>
    internal void Write(RunFolder run)
    {
        if (File.Exists(run.Record))
            RunRecord.Read(run.Record).With(Key, ToJson()).Write(run.Record);
    }

    private static NgramRecord Read(RecordNode node)
    {
        var options = node["options"];
        var settings = new NgramSettings
        {
            Options = new NgramOptions
            {
                Epochs = options["epochs"].Whole(1),
                LearningRate = options.Find("learningRate")?.Number,
                LabelSmoothing = options["labelSmoothing"].Number,
                TableBits = options["tableBits"].Whole(1),
                Seed = options["seed"].Value is { ValueKind: JsonValueKind.Number } seed && seed.TryGetInt64(out var number)
                    ? number
                    : throw options["seed"].Wrong("a whole number"),
            },
            MaxLength = node["maxLength"].Whole(1),
            Soft = node["soft"].Number,
            Unlabelled = node.Find("unlabelled") is { } texts ? new DataSource(texts["file"].Text, texts["sha256"].Text) : null,
        };
        var errors = new InputErrors();
        settings.Validate(errors);
        if (errors.Count > 0)
            throw node.Wrong("how an n-gram exit can be trained");
        return new NgramRecord(
            settings, node["learningRate"].Number, node["samples"].Whole(1), node["texts"].Whole(0), node["rows"].Whole(0),
            node["sha256"].Text);
    }

    private JsonObject ToJson() => new()
    {
        ["options"] = RunRecord.SettingsOf(Settings.Options),
        ["maxLength"] = Settings.MaxLength,
        ["soft"] = Settings.Soft,
        ["unlabelled"] = Settings.Unlabelled is { } texts ? new JsonObject { ["file"] = texts.Name, ["sha256"] = texts.Version } : null,
        ["learningRate"] = LearningRate,
        ["features"] = NgramModel.Features,
        ["samples"] = Samples,
        ["texts"] = Texts,
        ["rows"] = Rows,
        ["sha256"] = Sha256,
    };
}
