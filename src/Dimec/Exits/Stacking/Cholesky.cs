namespace Dimec.Exits.Stacking;

/// <summary>Solves A x = b for a small symmetric positive definite A.</summary>
internal static class Cholesky
{
    /// <summary>The solution.</summary>
    /// <param name="matrix">A, [n × n]; it is overwritten.</param>
    /// <param name="right">b, [n].</param>
    public static double[] Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var column = 0; column < n; column++)
        {
            for (var row = column; row < n; row++)
            {
                var sum = matrix[(row * n) + column];
                for (var k = 0; k < column; k++)
                    sum -= matrix[(row * n) + k] * matrix[(column * n) + k];
                matrix[(row * n) + column] = row == column ? Math.Sqrt(sum) : sum / matrix[(column * n) + column];
            }
        }

        double[] solution = [.. right];
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < row; k++)
                solution[row] -= matrix[(row * n) + k] * solution[k];
            solution[row] /= matrix[(row * n) + row];
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++)
                solution[row] -= matrix[(k * n) + row] * solution[k];
            solution[row] /= matrix[(row * n) + row];
        }

        return solution;
    }
}
