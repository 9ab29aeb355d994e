using System.Globalization;
using System.Net;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>
/// What a tier has to show before it is asked: that it speaks the protocol, has the tier's model in the bundle's revision, and holds this
/// bundle, by its hash or, where a foreign server knows none, by its answers to the golden samples.
/// </summary>
internal sealed class TierHandshake(
    Bundle bundle,
    BundleTier tier,
    Uri url,
    OpenInferenceClient client,
    TierCalls calls,
    TierModels models)
{
    private const string NotTheProtocol = "does not speak the Open Inference Protocol v2";
    private const string WhichAddress = "give the address that dimec serve printed";

    /// <summary>
    /// Golden samples are nobody's, and a tier of ours is not to record them. Without the hash: one with another bundle then says which,
    /// instead of refusing.
    /// </summary>
    private static readonly Dictionary<string, ParameterValue> s_probe = new() { [TierNames.ProbeParameter] = "1" };

    private readonly Lazy<GoldenCheck> _golden = new(() => new GoldenCheck(bundle, tier));

    private bool _isProbed;

    /// <summary>
    /// What is wrong with the address where that is certain: what answers there is something else than a tier. A fault of the way, or of a
    /// tier, is none; null: nothing is known to be wrong with it.
    /// </summary>
    public ProtocolMismatch? Mismatch { get; private set; }

    /// <summary>Asks the tier what it is, in several calls that have a deadline each.</summary>
    public async Task<TierResult<TierAnswer>> RunAsync(CancellationToken cancellationToken)
    {
        var isFirst = !_isProbed;
        var server = await GreetAsync(cancellationToken).ConfigureAwait(false);
        Mismatch = MismatchIn(server) ?? await TlsMismatchAsync(server, cancellationToken).ConfigureAwait(false);
        if (Mismatch is not null)
            return TierResult<TierAnswer>.Failed(TierFailureReason.ProtocolMismatch, $"it {Mismatch.Problem}", server.Cause);
        // A tier that is asked for the first time may answer the second time; one that is probed is asked again anyway.
        if (server.Value is null && isFirst && _isProbed
            && await GreetAsync(cancellationToken).ConfigureAwait(false) is { Value: not null } again)
        {
            server = again;
        }

        if (server.Value is null)
            return TierResult<TierAnswer>.Failed(server.Reason, server.Problem, server.Cause);
        var isOurs = server.Value.Name == TierNames.Server;
        var model = await FindAsync(isOurs, cancellationToken).ConfigureAwait(false);
        if (model.Value is null)
            return TierResult<TierAnswer>.Failed(model.Reason, model.Problem, model.Cause);
        return ModelFit.Problem(bundle, models.Whole, model.Value) is { } problem
            ? TierResult<TierAnswer>.Failed(
                TierFailureReason.BundleMismatch,
                $"its model '{models.NameOf(models.Whole)}' is another bundle's: it {problem}; give both the same bundle")
            : await ProbeAsync(isOurs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks for the tier's model in the bundle's revision; who has it under no version, or another, is asked for whichever it serves.
    /// </summary>
    private async Task<TierResult<ModelMetadata>> FindAsync(bool isOurs, CancellationToken cancellationToken)
    {
        var version = bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture);
        var model = await DescribeAsync(version).ConfigureAwait(false);
        if (!isOurs && model.Cause is
            {
                Reason: OpenInferenceFailureReason.NotFound or OpenInferenceFailureReason.InvalidArgument
                    or OpenInferenceFailureReason.Unsupported
            }
            && await DescribeAsync("").ConfigureAwait(false) is { Value: not null } other)
        {
            (model, version) = (other, "");
        }

        // Requests may be under way: what holds is said once.
        models.Version = version;
        return model;

        Task<TierResult<ModelMetadata>> DescribeAsync(string asked) =>
            CallAsync(token => models.DescribeAsync(models.Whole, asked, token), cancellationToken);
    }

    /// <summary>What answered in a way that no tier does, and that no fault of a tier or of the way to it looks like.</summary>
    private static ProtocolMismatch? MismatchIn(TierResult<ServerMetadata> server)
    {
        if (server.Value is { Name: "" })
            return new ProtocolMismatch(NotTheProtocol, WhichAddress);
        return server.Cause is { } cause && IsSomethingElse(cause)
            ? new ProtocolMismatch($"{NotTheProtocol} ({server.Problem.TrimEnd('.')})", WhichAddress)
            : null;
    }

    /// <summary>
    /// A whole answer of another server: a status of HTTP that says "not here", or a service of gRPC that it does not have. Bytes that are
    /// no answer at all may be anybody's, a server that fails may stand before a tier, and a page to log in to a network goes away.
    /// </summary>
    private static bool IsSomethingElse(OpenInferenceFailure failure) => failure switch
    {
        { HttpStatus: null, GrpcStatus: not null } => failure.Reason == OpenInferenceFailureReason.Unsupported,
        { HttpStatus: HttpStatusCode.OK } => failure.Reason == OpenInferenceFailureReason.ProtocolMismatch,
        { HttpStatus: HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect } => true,
        { HttpStatus: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired } => false,
        { HttpStatus: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => false,
        { HttpStatus: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => true,
        _ => false,
    };

    private Task<TierResult<T>> CallAsync<T>(Func<CancellationToken, Task<TierResult<T>>> call, CancellationToken cancellationToken)
        where T : class
        => calls.RunAsync(calls.Timeout, attempt => call(attempt.Token), cancellationToken);

    /// <summary>Each with a deadline of its own: where TLS fails, a second attempt within it would leave no time to say why.</summary>
    private Task<TierResult<ServerMetadata>> GreetAsync(CancellationToken cancellationToken) => calls.RunAsync(
        calls.Timeout,
        async attempt => TierResult<ServerMetadata>.Of(
            await client.GetServerMetadataAsync(attempt.Token).ConfigureAwait(false), isGreeting: true),
        cancellationToken, repeats: false);

    /// <summary>Whether the address says TLS where there is none, or none where there is; asked once, of what has not answered.</summary>
    private async Task<ProtocolMismatch?> TlsMismatchAsync(TierResult<ServerMetadata> server, CancellationToken cancellationToken)
    {
        if (_isProbed || server.Value is not null || server.Cause is not
            {
                Reason: OpenInferenceFailureReason.Unreachable
                or OpenInferenceFailureReason.ProtocolMismatch or OpenInferenceFailureReason.InvalidResponse
            })
        {
            return null;
        }

        _isProbed = true;
        var found = await CallAsync(
            async token => await TlsProbe.MismatchAsync(url, token).ConfigureAwait(false) is { } mismatch
                ? TierResult<ProtocolMismatch>.Of(mismatch)
                : TierResult<ProtocolMismatch>.Failed(TierFailureReason.Unreachable, ""),
            cancellationToken).ConfigureAwait(false);
        return found.Value;
    }

    private async Task<TierResult<TierAnswer>> ProbeAsync(bool isOurs, CancellationToken cancellationToken)
    {
        var golden = _golden.Value;
        IReadOnlyList<TokenizedText> encodings = golden.Texts.Count > 0
            ? golden.Texts
            : [bundle.Tokenizer.Encode("", bundle.Manifest.HasPair ? "" : null, bundle.Manifest.MaxLength)];
        TierRow[] rows = [.. encodings.Select(text => TierRow.Of(text, bundle.Manifest.UsesTokenTypes))];
        var probe = await CallAsync(
            token => models.RunAsync(models.Whole, rows, hidden: false, isOurs ? s_probe : [], token), cancellationToken)
            .ConfigureAwait(false);
        // A tier that names a bundle has named this one, or has not answered.
        if (probe.Value is not { Bundle: null } answer)
            return probe;
        return golden.IsAlike(answer.Logits)
            ? probe
            : TierResult<TierAnswer>.Failed(TierFailureReason.BundleMismatch, $"its answers {golden.Unlike}; give both the same bundle");
    }
}
