using System.Globalization;
using Dimec.Inference.Measuring;

namespace Dimec.Inference.Tests.Measuring;

/// <summary>The kernel's files, as a machine that has them would show them.</summary>
public sealed class EnergyMetersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_machine_that_cannot_tell_has_no_meter() => Assert.Null(EnergyMeters.Find(_folder.Path));

    [Fact]
    public void Rapl_sums_packages_without_their_parts_and_goes_on_where_a_counter_begins_anew()
    {
        Write("powercap/intel-rapl:0/energy_uj", 900_000);
        Write("powercap/intel-rapl:0/max_energy_range_uj", 1_000_000);
        Write("powercap/intel-rapl:0:0/energy_uj", 5);
        Write("powercap/intel-rapl:1/energy_uj", 100_000);
        var meter = EnergyMeters.Find(_folder.Path)!;
        Assert.Equal(("rapl", 0.0), (meter.Source, meter.ReadJoules()));
        Write("powercap/intel-rapl:0/energy_uj", 950_000);
        Write("powercap/intel-rapl:0:0/energy_uj", 900_000);
        Assert.Equal(0.05, meter.ReadJoules()!.Value, 1e-12);
        Write("powercap/intel-rapl:0/energy_uj", 50_000);
        Write("powercap/intel-rapl:1/energy_uj", 300_000);
        Assert.Equal(0.05 + 0.1 + 0.2, meter.ReadJoules()!.Value, 1e-12);
    }

    [Fact]
    public void A_counter_that_is_no_number_tells_nothing()
    {
        Write("powercap/intel-rapl:0/energy_uj", "not permitted");
        Assert.Null(EnergyMeters.Find(_folder.Path));
    }

    [Fact]
    public void A_battery_that_discharges_tells_in_microwatt_hours()
    {
        Write("power_supply/AC/type", "Mains");
        Write("power_supply/BAT0/type", "Battery");
        Write("power_supply/BAT0/status", "Discharging");
        Write("power_supply/BAT0/energy_now", 50_000_000);
        var meter = EnergyMeters.Find(_folder.Path)!;
        Assert.Equal(("battery", 0.0), (meter.Source, meter.ReadJoules()));
        Write("power_supply/BAT0/energy_now", 49_990_000);
        // 10,000 µWh are 36 J.
        Assert.Equal(36, meter.ReadJoules()!.Value, 1e-9);
        Write("power_supply/BAT0/status", "Charging");
        Assert.Null(meter.ReadJoules());
    }

    [Fact]
    public void Or_in_microampere_hours_at_its_voltage()
    {
        Write("power_supply/battery/type", "Battery");
        Write("power_supply/battery/status", "Discharging");
        Write("power_supply/battery/charge_now", 2_000_000);
        Write("power_supply/battery/voltage_now", 4_000_000);
        var meter = EnergyMeters.Find(_folder.Path)!;
        _ = meter.ReadJoules();
        Write("power_supply/battery/charge_now", 1_999_000);
        // 1,000 µAh at 4 V are 14.4 J.
        Assert.Equal(14.4, meter.ReadJoules()!.Value, 1e-9);
    }

    private void Write(string file, long number) => Write(file, number.ToString(CultureInfo.InvariantCulture));

    private void Write(string file, string content)
    {
        var path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content + "\n");
    }
}
