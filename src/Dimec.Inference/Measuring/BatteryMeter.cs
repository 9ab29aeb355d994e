namespace Dimec.Inference.Measuring;

/// <summary>
/// The battery's counter, as Linux and Android show it: <c>energy_now</c> (µWh), or <c>charge_now</c> (µAh) with <c>voltage_now</c> (µV),
/// of a battery that is discharging. The whole machine is in it, its screen too.
/// </summary>
/// <param name="folder">Where batteries are, <c>/sys/class/power_supply</c>.</param>
internal sealed class BatteryMeter(string folder) : IEnergyMeter
{
    /// <summary>Joules in a microwatt-hour.</summary>
    private const double JoulesAMicrowattHour = 3600 / 1e6;

    private const double Millionth = 1e-6;

    private double? _first;

    public string Source => "battery";

    public double? ReadJoules()
    {
        if (Left() is not { } left)
            return null;
        _first ??= left;
        return Math.Max(0, _first.Value - left);
    }

    private double? Left()
    {
        var batteries = Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder).Where(path => CounterFile.Text(Path.Combine(path, "type")) == "Battery")
            : [];
        foreach (var battery in batteries.Order(StringComparer.Ordinal))
        {
            if (CounterFile.Text(Path.Combine(battery, "status")) != "Discharging")
                continue;
            if (CounterFile.Number(Path.Combine(battery, "energy_now")) is { } energy)
                return energy * JoulesAMicrowattHour;
            if (CounterFile.Number(Path.Combine(battery, "charge_now")) is { } charge
                && CounterFile.Number(Path.Combine(battery, "voltage_now")) is { } voltage)
            {
                return charge * (voltage * Millionth) * JoulesAMicrowattHour;
            }
        }

        return null;
    }
}
