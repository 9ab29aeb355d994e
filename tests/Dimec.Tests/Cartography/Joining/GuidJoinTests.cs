using CsCheck;
using Dimec.Cartography;
using static Dimec.Tests.Cartography.Dynamics;

namespace Dimec.Tests.Cartography.Joining;

/// <summary>The join in many parts: the epochs' files say that they are huge.</summary>
public class GuidJoinTests
{
    /// <summary>Beyond a block, and with more rows than there are parts.</summary>
    private const int Rows = 2500;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    public void However_late_the_orders_part_the_map_is_that_of_the_sorted_epochs(int kept)
    {
        var straight = DataMap.ReadDynamics(Huge(3, (_, rows) => rows), new CartographyOptions()).ToArray();
        var scratch = new Scratch();
        var shuffled = DataMap.ReadDynamics(
            Huge(3, (epoch, rows) => epoch == 0 ? rows : [.. rows.Take(kept), .. rows.Skip(kept).Reverse()]), new CartographyOptions(),
            scratch.Open).ToArray();

        Assert.Equal(straight, shuffled);
        Assert.Equal(Enumerable.Range(0, Rows), shuffled.Select(sample => sample.Metrics.Index));
        Assert.Equal(512, scratch.Opened);
        Assert.Equal(512, scratch.Disposed);
    }

    [Fact]
    public void Scratch_streams_are_closed_when_a_row_is_wrong_when_nobody_reads_on_and_when_the_disk_is_full()
    {
        var wrong = new Scratch();
        Assert.Throws<InputException>(() => Read(Huge(2, (epoch, rows) => epoch == 0 ? rows : [.. rows.Reverse().Skip(1)]), wrong));
        Assert.Equal((256, 256), (wrong.Opened - 256, wrong.Disposed - 256));

        var left = new Scratch();
        Assert.Equal(0, DataMap.ReadDynamics(Huge(2, Turned), new CartographyOptions(), left.Open).First().Metrics.Index);
        Assert.Equal(left.Opened, left.Disposed);

        var full = new Scratch { IsFull = true };
        Assert.Equal("full", Assert.Throws<IOException>(() => Read(Huge(2, Turned), full)).Message);
        Assert.Equal(full.Opened, full.Disposed);

        var stopped = new Scratch();
        Assert.Throws<OperationCanceledException>(() =>
            DataMap.ReadDynamics(Huge(2, Turned), new CartographyOptions(), stopped.Open, new CancellationToken(canceled: true)).Count());
        Assert.Equal(stopped.Opened, stopped.Disposed);
    }

    /// <summary>
    /// Whatever thread finds it: the first mistake by epoch and line, and what an epoch lacks after the mistakes in its lines.
    /// </summary>
    [Fact]
    public void The_same_mistake_of_several_is_reported_every_time() => Gen.Shuffle(Enumerable.Range(10, 300).ToArray()).Sample(order =>
    {
        string[] Lines(int epoch, string extra) =>
            [.. order.Select(i => Row($"{i}", epoch, "1, 2", "0")), .. extra.Length == 0 ? [] : new[] { Row(extra, epoch, "1, 2", "0") }];
        var first = Huge(0, [.. Enumerable.Range(10, 300).Select(i => Row($"{i}", 0, "1, 2", "0"))]);
        Assert.Equal("dynamics_epoch_1.jsonl line 301", Wrong(first, Huge(1, Lines(1, "\"x\"")), Huge(2, Lines(2, "\"x\""))).Where);
        Assert.Equal("dynamics_epoch_2.jsonl line 301", Wrong(first, Huge(1, Lines(1, "")), Huge(2, Lines(2, "\"x\""))).Where);
        var lacking = Wrong(
            first, Huge(1, [.. Lines(1, "").Where((_, i) => order[i] is not (17 or 200 or 260))]), Huge(2, Lines(2, "\"x\"")));
        Assert.Equal(("dynamics_epoch_1.jsonl", "guid '17' is missing (first of 3)"), (lacking.Where, lacking.Problem));
    }, iter: 20);

    private static InputError Wrong(params DynamicsEpoch[] epochs) => TextFiles.Error(() => Read(epochs, new Scratch()));

    private static void Read(DynamicsEpoch[] epochs, Scratch scratch) =>
        Assert.NotEmpty(DataMap.ReadDynamics(epochs, new CartographyOptions(), scratch.Open).ToArray());

    private static IReadOnlyList<int> Turned(int epoch, IReadOnlyList<int> rows) => epoch == 0 ? rows : [.. rows.Reverse()];

    private static DynamicsEpoch[] Huge(int epochs, Func<int, IReadOnlyList<int>, IReadOnlyList<int>> order) =>
    [
        .. Enumerable.Range(0, epochs).Select(epoch => Huge(epoch, [.. order(epoch, [.. Enumerable.Range(0, Rows)])
            .Select(i =>
                Row(i % 3 == 0 ? $"{i}" : $"\"s{i}\"", epoch, $"0, {((i * 7) + (epoch * 5)) % 11 / 10.0:0.0}, 0.2", $"{i % 3}"))])),
    ];

    private static DynamicsEpoch Huge(int number, string[] lines)
    {
        var plain = Epoch(number, lines);
        return plain with { Open = () => new HugeStream(plain.Open()) };
    }

    private sealed class HugeStream(Stream content) : MemoryStream(Bytes(content))
    {
        public override long Length => 1L << 40;

        private static byte[] Bytes(Stream content)
        {
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private sealed class Scratch
    {
        private int _opened;
        private int _disposed;

        public bool IsFull { get; init; }

        public int Opened => _opened;

        public int Disposed => _disposed;

        public Stream Open()
        {
            Interlocked.Increment(ref _opened);
            return new Counted(this);
        }

        private sealed class Counted(Scratch scratch) : MemoryStream
        {
            private bool _isDisposed;

            public override void Write(byte[] buffer, int offset, int count)
            {
                if (scratch.IsFull)
                    throw new IOException("full");
                base.Write(buffer, offset, count);
            }

            protected override void Dispose(bool disposing)
            {
                if (!_isDisposed)
                    Interlocked.Increment(ref scratch._disposed);
                _isDisposed = true;
                base.Dispose(disposing);
            }
        }
    }
}
