using System.Globalization;
using Dimec.Inference;
using Dimec.Inference.Client;
using Dimec.Predictions.Recording;

namespace Dimec.Serving;

/// <summary>What a served tier is made of and how much it takes on. Checked once, when the tier starts.</summary>
/// <remarks>
/// An option is this property with its range in <see cref="Validate(InputErrors)"/>, the place where it is used, and its row in the tool's
/// table of flags. A tier speaks to nobody but who asks it: ONNX Runtime's own telemetry is off, see <see cref="Inference.TierModel"/>.
/// </remarks>
public sealed class DimecTierOptions
{
    private const int MostInstances = 64;

    /// <summary>
    /// The bundle's folder, as <c>dimec export</c> wrote it; or one of deployments, as <c>dimec deploy</c> fills it, of which the current
    /// bundle is served, and the next one once it is deployed. Required.
    /// </summary>
    public string Bundle { get; set; } = "";

    /// <summary>The tier of the bundle to serve, e.g. <c>edge</c>. Required.</summary>
    public string Tier { get; set; } = "";

    /// <summary>The most rows that one request may have; 1 to 4,096, by default 128.</summary>
    public int MaxBatch { get; set; } = 128;

    /// <summary>
    /// The most tokens (rows × padded length) of one run; 16 to 1,048,576, at least the bundle's longest row, by default 512. A request
    /// with more is cut into several runs. Larger ones are no faster a token (<c>bench/Dimec.Serving.Bench -- runs</c>), take more memory,
    /// and what comes meanwhile waits for their end.
    /// </summary>
    public int MaxTokens { get; set; } = 512;

    /// <summary>
    /// The most pairs of tokens that attention compares (rows × padded length²) in one run, which bounds its memory; 256 to 1,073,741,824,
    /// by default 2,097,152: 128 rows of 128 tokens, or 8 of 512, for which MiniLM works in 250 MB. A request with more is cut into several
    /// runs; a single row is always run.
    /// </summary>
    public int MaxAttention { get; set; } = TierModelOptions.DefaultMaxAttention;

    /// <summary>The largest request body in bytes, after decompression; 1,024 to 1 GiB, by default 16 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 16 << 20;

    /// <summary>
    /// The most bytes that requests take together, arriving, waiting and running: bodies, after decompression, and the tensors made of
    /// them; a request beyond them is refused as "full". A body that takes more than a second to arrive makes room where there is none
    /// left. <see cref="MaxBodyBytes"/> to 64 GiB, by default 128 MiB. Beside them a single request at a time takes a few times
    /// its size while it is unpacked.
    /// </summary>
    public long MaxInFlightBytes { get; set; } = 128 << 20;

    /// <summary>
    /// How long the body of a request may take to arrive, and that of an answer to be taken; 1 s to an hour, by default 30 s.
    /// A body that takes longer is refused.
    /// </summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many requests may wait while others run; of those beyond, the one whose turn is last is refused as "full", and told when to come
    /// back. A connection's turn is the later the more it has asked for of late. 1 to 65,536, by default 256.
    /// </summary>
    public int QueueSize { get; set; } = 256;

    /// <summary>
    /// How long a text waits for others to be run with while nothing else runs; 0 to 1 s, by default 0: what waits while others run is run
    /// together anyway.
    /// </summary>
    public TimeSpan BatchDelay { get; set; }

    /// <summary>
    /// How many runs there are at once, each on a thread of its own; 1 to 64, by default one a core that the process may use (a container's
    /// limit, where it has one), at most 64.
    /// </summary>
    public int InstanceCount { get; set; } = Math.Min(Environment.ProcessorCount, MostInstances);

    /// <summary>
    /// The threads of a single run; 1 to 1,024, by default 1: many short texts are done sooner by a run a core than by one run on all
    /// cores. More make a single long text faster; then have fewer runs at once, so that together they are no more than the cores.
    /// </summary>
    public int Threads { get; set; } = 1;

    /// <summary>
    /// Where deeper tiers of the bundle answer, by their names: those that this tier sends hidden states on to, where the plan has it do
    /// so. By default none: then the client asks them itself, from the text.
    /// </summary>
    public IDictionary<string, Uri> Forward { get; init; } = new Dictionary<string, Uri>();

    /// <summary>
    /// How long such a tier may take; 1 ms to 1 hour, by default 2 s. A caller that waits for less gets its answer in time.
    /// </summary>
    public TimeSpan ForwardTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A file in PEM with the authorities of which the certificates of those tiers have to be, see <see cref="TierSecurity.Ca"/>.
    /// </summary>
    public string? ForwardCa { get; set; }

    /// <summary>A file in PEM with the certificate that they are shown, see <see cref="TierSecurity.Certificate"/>.</summary>
    public string? ForwardCertificate { get; set; }

    /// <summary>The file with its private key.</summary>
    public string? ForwardCertificateKey { get; set; }

    /// <summary>A file with the API key that they are sent, see <see cref="TierSecurity.ApiKeyFile"/>.</summary>
    public string? ForwardApiKeyFile { get; set; }

    /// <summary>Whether it may be sent without TLS to another machine, see <see cref="TierSecurity.KeyInClear"/>.</summary>
    public bool ForwardKeyInClear { get; set; }

    /// <summary>
    /// A predictions file into which is recorded, behind the answers, what every exit of the bundle's tiers says of the samples that this
    /// one is asked for: ids and logits, no texts. The bundle's plan has to ask this tier for every sample, and its models of all tiers
    /// have to be there. Null, the default: nothing is recorded. <c>docs/shadow.md</c> says what comes of it.
    /// </summary>
    public string? Record { get; set; }

    /// <summary>
    /// The most samples in that file; 256 to 1,000,000, by default 20,000. Where there are more, it is a uniform sample of all of them.
    /// </summary>
    public int RecordLimit { get; set; } = RecordedExitsLog.UsualLimit;

    /// <summary>
    /// How often it is looked, in a folder of deployments, whether another bundle is deployed; 100 ms to an hour, by default 2 s. 0: never,
    /// as it is with a bundle's own folder; then a client of the protocol asks to load.
    /// </summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the bundle that was served before goes on answering requests that name it, by its hash or its revision, so that clients
    /// and tiers need not change at the same moment; it takes its memory as long. 0 to 30 days, by default 5 minutes; 0: only what is under
    /// way is answered. Of several that were served before, only the last is kept.
    /// </summary>
    public TimeSpan KeepOld { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A file in PEM with public keys (ECDSA on P-256) or certificates of such: a bundle that none of them has signed is refused. Null, the
    /// default: every bundle is served, signed or not.
    /// </summary>
    public string? Trust { get; set; }

    /// <summary>By what deeper tiers are known, and what they are shown.</summary>
    internal TierSecurity ForwardSecurity => new()
    {
        Ca = ForwardCa,
        Certificate = ForwardCertificate,
        CertificateKey = ForwardCertificateKey,
        ApiKeyFile = ForwardApiKeyFile,
        KeyInClear = ForwardKeyInClear,
    };

    internal void Validate()
    {
        var errors = new InputErrors();
        Validate(errors);
        errors.ThrowIfAny();
    }

    internal void Validate(InputErrors errors)
    {
        if (string.IsNullOrWhiteSpace(Bundle))
            errors.Add(Name(nameof(Bundle)), "is empty", "name the folder that dimec export wrote");
        if (string.IsNullOrWhiteSpace(Tier))
            errors.Add(Name(nameof(Tier)), "is empty", "name one of the bundle's tiers");
        Range(errors, nameof(MaxBatch), MaxBatch, 1, 4096);
        Range(errors, nameof(MaxTokens), MaxTokens, 16, 1 << 20);
        Range(errors, nameof(MaxAttention), MaxAttention, 256, 1 << 30);
        Range(errors, nameof(MaxBodyBytes), MaxBodyBytes, 1024, 1 << 30);
        Range(errors, nameof(MaxInFlightBytes), MaxInFlightBytes, MaxBodyBytes, 64L << 30);
        if (BodyTimeout < TimeSpan.FromSeconds(1) || BodyTimeout > TimeSpan.FromHours(1))
        {
            errors.Add(
                Name(nameof(BodyTimeout)), string.Create(CultureInfo.InvariantCulture, $"is {BodyTimeout.TotalSeconds} s"),
                "give 1 to 3600 s");
        }

        if (ForwardTimeout < TimeSpan.FromMilliseconds(1) || ForwardTimeout > TimeSpan.FromHours(1))
        {
            errors.Add(
                Name(nameof(ForwardTimeout)), string.Create(CultureInfo.InvariantCulture, $"is {ForwardTimeout.TotalSeconds} s"),
                "give 0.001 to 3600 s");
        }

        var security = ForwardSecurity;
        security.Validate(errors, NameOfForward);
        foreach (var (tier, url) in Forward)
        {
            TierAddress.Check(errors, $"{Name(nameof(Forward))} {tier}", url);
            security.CheckAddress(errors, $"{Name(nameof(Forward))} {tier}", url, NameOfForward);
        }

        if (ReloadInterval != TimeSpan.Zero && (ReloadInterval < TimeSpan.FromMilliseconds(100) || ReloadInterval > TimeSpan.FromHours(1)))
        {
            errors.Add(
                Name(nameof(ReloadInterval)), string.Create(CultureInfo.InvariantCulture, $"is {ReloadInterval.TotalSeconds} s"),
                "give 0.1 to 3600 s, or 0 for never");
        }

        if (KeepOld < TimeSpan.Zero || KeepOld > TimeSpan.FromDays(30))
        {
            errors.Add(
                Name(nameof(KeepOld)), string.Create(CultureInfo.InvariantCulture, $"is {KeepOld.TotalSeconds} s"),
                "give 0 to 2592000 s");
        }

        if (Trust is not null && string.IsNullOrWhiteSpace(Trust))
            errors.Add(Name(nameof(Trust)), "is empty", "name a file");
        if (Record is not null && string.IsNullOrWhiteSpace(Record))
            errors.Add(Name(nameof(Record)), "is empty", "name a file");
        Range(errors, nameof(RecordLimit), RecordLimit, RecordedExitsLog.LeastLimit, RecordedExitsLog.MostLimit);
        Range(errors, nameof(QueueSize), QueueSize, 1, 1 << 16);
        if (BatchDelay < TimeSpan.Zero || BatchDelay > TimeSpan.FromSeconds(1))
        {
            errors.Add(
                Name(nameof(BatchDelay)), string.Create(CultureInfo.InvariantCulture, $"is {BatchDelay.TotalSeconds} s"), "give 0 to 1 s");
        }

        Range(errors, nameof(InstanceCount), InstanceCount, 1, MostInstances);
        Range(errors, nameof(Threads), Threads, 1, 1024);
    }

    /// <summary>What the program calls one of these.</summary>
    internal static string Name(string property) => OptionNames.Of<DimecTierOptions>(property);

    private static string NameOfForward(string property) => Name($"{nameof(Forward)}{property}");

    private static void Range(InputErrors errors, string property, long value, long least, long most)
    {
        if (value < least || value > most)
            errors.Add(Name(property), $"is {value}", $"give {least} to {most}");
    }
}
