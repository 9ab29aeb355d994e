namespace Dimec.Checkpoints;

/// <summary>A named tensor of fp32 values in row-major order.</summary>
public sealed class WeightTensor
{
    /// <summary>Creates a tensor over the given array, which is not copied.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions; empty for a scalar.</param>
    /// <param name="values">Its values, row-major; as many as the shape's product.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public WeightTensor(string name, int[] shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        var count = shape.Aggregate(1L, (product, dimension) => product * dimension);
        if (count != values.LongLength)
        {
            throw new ArgumentException(
                $"{name}: shape [{string.Join(", ", shape)}] holds {count} values, {values.LongLength} were given.", nameof(values));
        }

        Name = name;
        Shape = shape;
        Values = values;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>Its dimensions; empty for a scalar.</summary>
    public int[] Shape { get; }

    /// <summary>Its values in row-major order.</summary>
    public float[] Values { get; }
}
