namespace Dimec.Onnx.Tests;

public class MatrixTests
{
    [Fact]
    public void Rows_become_columns() =>
        Assert.Equal([1f, 4, 2, 5, 3, 6], Matrix.Transpose<float>([1, 2, 3, 4, 5, 6], rows: 2, columns: 3));

    [Fact]
    public void Another_number_of_values_is_refused() =>
        Assert.Throws<ArgumentException>(() => Matrix.Transpose<float>([1, 2, 3], rows: 2, columns: 2));
}
