using System.Runtime.InteropServices;
using Dimec.Bundles;
using Dimec.Export.Graphs;
using Dimec.Predictions;

namespace Dimec.Export.Tests.Graphs;

public class EmbeddingTableTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_places_in_the_file_hold_the_checkpoints_tables(bool tokenTypes)
    {
        var checkpoint = RandomCheckpoint.Create();
        using var folder = new TemporaryFolder();
        EmbeddingTables tables;
        using (var files = new LayerFiles([1, 3], name => File.Create(folder.File(name))))
        {
            OnnxExporter.Export(checkpoint, new LayerStretch(0, 1), tokenTypes, ModelPrecision.Fp32, files, new MemoryStream());
            tables = EmbeddingTableLocator.Locate(files, checkpoint.Config, EmbeddingKind.Sum, ModelPrecision.Fp32);
        }

        var written = File.ReadAllBytes(folder.File("layers_1_1.weights"));
        Assert.Equal(
            ("layers_1_1.weights", 24, 1e-12, EmbeddingKind.Sum), (tables.File, tables.Hidden, tables.NormEpsilon, tables.Kind));
        Check(tables.Word, "embeddings.word_embeddings.weight", 50);
        Check(tables.Position, "embeddings.position_embeddings.weight", 64);
        Check(tables.TokenType!, "embeddings.token_type_embeddings.weight", 2);
        Check(tables.NormWeight, "embeddings.LayerNorm.weight", 1);
        Check(tables.NormBias, "embeddings.LayerNorm.bias", 1);

        void Check(TableSlice slice, string name, int rows)
        {
            Assert.Equal((rows, 24), (slice.Rows, slice.Columns));
            var bytes = written.AsSpan((int)slice.Offset, rows * 24 * sizeof(float)).ToArray();
            Assert.Equal(checkpoint.Weights[name].Values, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        }
    }
}
