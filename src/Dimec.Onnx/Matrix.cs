namespace Dimec.Onnx;

/// <summary>
/// Turns matrices between the two ways in which a linear layer's weight is kept:
/// outputs × inputs in a checkpoint, inputs × outputs on the right of a MatMul.
/// </summary>
public static class Matrix
{
    /// <summary>The transposed matrix as a new array.</summary>
    /// <param name="values">The matrix, row-major: rows × columns values.</param>
    /// <param name="rows">Its number of rows.</param>
    /// <param name="columns">Its number of columns.</param>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <returns>The transposed matrix, row-major: columns × rows values.</returns>
    /// <exception cref="ArgumentException">There are not rows × columns values.</exception>
    public static T[] Transpose<T>(ReadOnlySpan<T> values, int rows, int columns)
    {
        if ((long)rows * columns != values.Length)
            throw new ArgumentException($"{rows} × {columns} values were announced, {values.Length} were given.", nameof(values));
        var turned = new T[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[(column * rows) + row] = values[(row * columns) + column];
        }

        return turned;
    }
}
