using Dimec.Costs.Measured;
using Dimec.Inference.Client;

namespace Dimec.Inference.Measuring;

/// <summary>What is measured in every round, and what came of it so far.</summary>
internal sealed class MeasureRound : IDisposable
{
    /// <summary>Of more texts the first are taken for what is measured of texts themselves.</summary>
    private const int MostTexts = 64;

    private readonly Bundle _bundle;
    private readonly TimeProvider _time;
    private readonly TextInput[] _texts;
    private readonly IReadOnlyList<MeasuredBucket> _buckets;
    private readonly ITierProbe[] _probes;
    private readonly ExitZero? _exitZero;
    private readonly ProbeKey[] _keys;
    private readonly Dictionary<ProbeKey, List<ProbeReading>> _readings;
    private readonly Dictionary<int, List<double>> _pings = [];
    private readonly List<double> _tokenizing = [];
    private readonly List<double> _exitZeros = [];

    public MeasureRound(Bundle bundle, IReadOnlyDictionary<string, Uri> tiers, MeasureOptions options, TimeProvider time)
    {
        (_bundle, _time) = (bundle, time);
        _texts = [.. options.Texts.Count > 0
            ? options.Texts
            : bundle.ReadGolden().Select(golden => new TextInput(golden.Text, golden.Pair))];
        var samples = new SampleRows(bundle, _texts);
        _buckets = options.Lengths.Count == 0
            ? samples.Buckets()
            : MeasuredLoad.OfLengths([.. options.Lengths]).Buckets;
        _exitZero = bundle.Ngram is null ? null : new ExitZero(bundle);
        _probes =
        [
            new LocalProbe(TierModel.Load(bundle, bundle.Manifest.Tiers[0].Name), samples, time),
            .. bundle.Manifest.Tiers.Skip(1).Select((tier, place) =>
                new RemoteProbe(bundle, place + 1, tiers[tier.Name], samples, _texts, options, time)),
        ];
        int[] rows = [.. options.Rows.Append(1).Distinct().Order()];
        _keys = [.. rows.SelectMany(count => _buckets.SelectMany(bucket => Keys(bucket.Tokens, count)))];
        _readings = _keys.ToDictionary(key => key, _ => new List<ProbeReading>());
    }

    /// <summary>Measures everything once.</summary>
    /// <param name="isForth">Whether in order, else from the end.</param>
    /// <param name="isCounted">Whether it counts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(bool isForth, bool isCounted, CancellationToken cancellationToken)
    {
        foreach (var key in isForth ? _keys : _keys.Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reading = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (isCounted)
                _readings[key].Add(reading);
        }

        foreach (var (place, probe) in _probes.Index())
        {
            if (probe is not RemoteProbe remote)
                continue;
            await remote.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var ms = await remote.PingAsync(cancellationToken).ConfigureAwait(false);
            if (isCounted)
                Of(_pings, place).Add(ms);
        }

        var (tokenizing, exitZero) = (OfTexts(text => _bundle.Tokenizer.Encode(text.Text, text.Pair, _bundle.Manifest.MaxLength)),
            _exitZero is null ? 0 : OfTexts(text => _exitZero.Score(text)));
        if (!isCounted)
            return;
        _tokenizing.Add(tokenizing);
        _exitZeros.Add(exitZero);
    }

    /// <summary>Has the first tier run a batch, for whoever watches its energy.</summary>
    public Task RunFirstAsync(CancellationToken cancellationToken) => ReadAsync(_keys[0], cancellationToken);

    /// <summary>What came of it.</summary>
    public async Task<Measurement> MeasurementAsync(
        DateTimeOffset date, MeasuredPower? power, int answers, CancellationToken cancellationToken)
    {
        var tiers = new List<MeasuredTier>();
        for (var place = 0; place < _probes.Length; place++)
            tiers.Add(await TierAsync(place, answers, cancellationToken).ConfigureAwait(false));
        return new Measurement
        {
            Date = date,
            Machine = MachineName.Here(),
            Bundle = _bundle.Hash,
            Buckets = _buckets,
            HiddenStates = ChoiceNames.Find<PayloadKind>(ChoiceNames.Of(_bundle.Plan.HiddenStates.Format))!.Value,
            Tokenizing = MeasuredValue.Of(_tokenizing),
            ExitZero = _exitZero is null ? null : MeasuredValue.Of(_exitZeros),
            Power = power,
            Tiers = tiers,
        };
    }

    public void Dispose()
    {
        foreach (var probe in _probes)
            probe.Dispose();
    }

    private IEnumerable<ProbeKey> Keys(int tokens, int rows)
    {
        foreach (var (place, probe) in _probes.Index())
        {
            foreach (var layers in probe.Stretches)
                yield return new ProbeKey(place, null, layers, tokens, rows);
            if (probe is RemoteProbe)
            {
                foreach (var kind in Enum.GetValues<PayloadKind>())
                    yield return new ProbeKey(place, kind, default, tokens, rows);
            }
        }
    }

    private Task<ProbeReading> ReadAsync(ProbeKey key, CancellationToken cancellationToken) => key.Payload is { } kind
        ? ((RemoteProbe)_probes[key.Tier]).BringAsync(kind, key.Tokens, key.Rows, cancellationToken)
        : _probes[key.Tier].RunAsync(key.Layers, key.Tokens, key.Rows, cancellationToken);

    private double OfTexts(Action<TextInput> run)
    {
        var texts = _texts.Take(MostTexts).ToArray();
        var began = _time.GetTimestamp();
        foreach (var text in texts)
            run(text);
        return _time.GetElapsedTime(began).TotalMilliseconds / texts.Length;
    }

    private async Task<MeasuredTier> TierAsync(int place, int answers, CancellationToken cancellationToken)
    {
        var tier = _bundle.Manifest.Tiers[place];
        var remote = _probes[place] as RemoteProbe;
        var own = _readings.Where(entry => entry.Key.Tier == place).ToArray();
        var runs = new List<MeasuredRun>();
        foreach (var (key, readings) in own.Where(entry => entry.Key.Payload is null))
        {
            var answer = remote is not null && key.Layers.From == 0
                ? await AnswerBytesAsync(remote, key, answers, cancellationToken).ConfigureAwait(false)
                : null;
            runs.Add(new MeasuredRun(
                key.Layers.From, key.Layers.To, key.Tokens, key.Rows, MeasuredValue.Of([.. readings.Select(reading => reading.Ms)]),
                Middle(readings.Select(reading => reading.Sent)), answer ?? Middle(readings.Select(reading => reading.Received))));
        }

        return new MeasuredTier(tier.Name, tier.Depth)
        {
            Address = remote?.Address.OriginalString,
            Connect = remote is null ? null : MeasuredValue.Of(remote.Connects),
            RoundTrip = remote is null ? null : MeasuredValue.Of(_pings[place]),
            Runs = runs,
            Payloads = [.. own.Where(entry => entry.Key.Payload is not null).Select(entry => new MeasuredPayload(
                entry.Key.Payload!.Value, entry.Key.Tokens, entry.Key.Rows,
                // What a server ran after all, or a foreign one answered, says nothing of the way alone.
                entry.Value.All(reading => reading.IsRefused) ? MeasuredValue.Of([.. entry.Value.Select(reading => reading.Ms)]) : null,
                Middle(entry.Value.Select(reading => reading.Sent))))],
        };
    }

    private static async Task<long?> AnswerBytesAsync(RemoteProbe remote, ProbeKey key, int times, CancellationToken cancellationToken)
    {
        var bytes = new List<long>();
        for (var time = 0; time < times; time++)
        {
            if (await remote.AnswerBytesAsync(key.Tokens, key.Rows, cancellationToken).ConfigureAwait(false) is { } answer)
                bytes.Add(answer);
        }

        return bytes.Count == 0 ? null : Middle(bytes);
    }

    /// <summary>The middle one, of two the lower: a number of bytes that was really seen.</summary>
    private static long Middle(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    private static List<double> Of(Dictionary<int, List<double>> lists, int place)
    {
        if (!lists.TryGetValue(place, out var list))
            lists.Add(place, list = []);
        return list;
    }
}
