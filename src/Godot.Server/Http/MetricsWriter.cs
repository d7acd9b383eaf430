using System.Globalization;
using System.Text;

namespace Godot;

/// <summary>
/// Writes the Prometheus text format, version 0.0.4: <see href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>.
/// </summary>
sealed class MetricsWriter
{
    readonly StringBuilder text = new();
    string name = "";

    /// <summary>Begins a metric that only grows; its name ends in <c>_total</c>.</summary>
    public void Counter(string name, string help) => Begin(name, help, "counter");

    /// <summary>Begins a metric that goes up and down.</summary>
    public void Gauge(string name, string help) => Begin(name, help, "gauge");

    /// <summary>One value of the metric that was begun last.</summary>
    public void Value(double value, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        text.Append(name);
        string before = "{";
        foreach ((string label, string labelled) in labels)
        {
            text.Append(before).Append(label).Append("=\"");
            Escape(labelled);
            text.Append('"');
            before = ",";
        }
        if (labels.Length > 0) text.Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    public override string ToString() => text.ToString();

    void Begin(string name, string help, string type)
    {
        this.name = name;
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    void Escape(string value)
    {
        foreach (char c in value)
        {
            if (c is '\\' or '"') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else text.Append(c);
        }
    }
}
