using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dimec.Cartography;
using Dimec.Files;
using Dimec.Json;
using Dimec.Runs.Records;

namespace Dimec.Runs.Maps;

/// <summary>
/// The content of <c>td_metrics.json</c>: what <c>td_metrics.jsonl</c> was made from and how, so that it can stand in for the dynamics
/// where these are still the same.
/// </summary>
/// <param name="Metrics">SHA-256 of <c>td_metrics.jsonl</c>.</param>
/// <param name="Exit">The exit's layer number; null where the dynamics do not tell.</param>
/// <param name="Epochs">How many epochs were kept.</param>
/// <param name="Options">How the dynamics became metrics.</param>
/// <param name="MadeFrom">SHA-256 of the kept epochs' files, by their paths inside the run.</param>
internal sealed record MapRecord(
    string Metrics, int? Exit, int Epochs, CartographyOptions Options, IReadOnlyDictionary<string, string> MadeFrom)
{
    private const int Format = 1;
    private const string Fix = "map again";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the record of a run's map.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">There is none, or it is malformed, or of a later format.</exception>
    public static MapRecord Read(RunFolder run)
    {
        using var document = JsonInput.Parse(
            InputFile.ReadAllBytes(run.MetricsRecord), run.MetricsRecord, Fix,
            new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = new RecordNode(document.RootElement, run.MetricsRecord, "");
        if (root["format"].Whole(Format) != Format)
            throw root["format"].Wrong($"{Format}");
        return new MapRecord(
            root["metrics"].Text,
            root.Find("exit")?.Whole(1),
            root["epochs"].Whole(1),
            new CartographyOptions { IncludeCi = root["includeCi"].Truth, BurnOut = root.Find("burnOut")?.Whole(1) },
            root["madeFrom"].Members.ToDictionary(file => file.Key, file => file.Value.Text));
    }

    /// <summary>Writes the record of a run's map.</summary>
    /// <param name="run">The run.</param>
    public void Write(RunFolder run)
    {
        var root = new JsonObject
        {
            ["format"] = Format,
            ["metrics"] = Metrics,
            ["epochs"] = Epochs,
            ["includeCi"] = Options.IncludeCi,
            ["madeFrom"] = new JsonObject(MadeFrom.Select(file => KeyValuePair.Create<string, JsonNode?>(file.Key, file.Value))),
        };
        if (Exit is { } exit)
            root["exit"] = exit;
        if (Options.BurnOut is { } burnOut)
            root["burnOut"] = burnOut;
        AtomicFile.WriteText(run.MetricsRecord, root.ToJsonString(s_options) + "\n");
    }

    /// <summary>Whether these dynamics, mapped in this way, give the same metrics.</summary>
    /// <param name="dynamics">The dynamics.</param>
    /// <param name="options">How they would become metrics.</param>
    /// <param name="run">The run that they belong to.</param>
    /// <param name="hashes">SHA-256 of their files as they are now, and maybe of others, by their paths inside the run.</param>
    public bool IsOf(ExitDynamics dynamics, CartographyOptions options, RunFolder run, IReadOnlyDictionary<string, string> hashes)
    {
        string[] kept = [.. dynamics.Files.Take(options.Kept(dynamics.Epochs.Count)).Select(run.NameOf)];
        return Exit == dynamics.Exit && Options == options && Epochs == kept.Length && MadeFrom.Count == kept.Length
            && kept.All(name => MadeFrom.TryGetValue(name, out var hash) && hash == hashes[name]);
    }
}
