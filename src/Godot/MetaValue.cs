using System.Globalization;
using Godot.Events;

namespace Godot;

/// <summary>What a value of <c>meta</c>, or a member that we don't know, is.</summary>
public enum MetaKind
{
    /// <summary>There is no such value.</summary>
    Missing,

    /// <summary>JSON's null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>An object or an array, kept as its JSON text.</summary>
    Json,
}

/// <summary>A value of an event's <c>meta</c>: a typed scalar, or the text of an object or an array. A number keeps its digits.</summary>
public readonly struct MetaValue : IEquatable<MetaValue>
{
    /// <summary>No values.</summary>
    internal static readonly IReadOnlyDictionary<string, MetaValue> None = new MetaValues();

    // A string itself; of everything else, its JSON text; null if there is no such value.
    readonly string? text;

    internal MetaValue(MetaKind kind, string? text) => (Kind, this.text) = (kind, text);

    /// <summary>What it is.</summary>
    public MetaKind Kind { get; }

    /// <summary>The text of a <see cref="MetaKind.Text"/>, otherwise null.</summary>
    public string? Text => Kind == MetaKind.Text ? text : null;

    /// <summary>
    /// The value of a <see cref="MetaKind.Number"/>, otherwise null, so that comparisons with a value that is missing are false; null too
    /// if it is beyond a double's range.
    /// </summary>
    /// <remarks>It is the nearest double; all digits are in <see cref="ToString"/>.</remarks>
    public double? Number =>
        Kind == MetaKind.Number && double.Parse(text!, CultureInfo.InvariantCulture) is var number
        && double.IsFinite(number) ? number : null;

    /// <summary>What a <see cref="MetaKind.Number"/> says, to its last digit.</summary>
    internal ExactNumber Exact => ExactNumber.Of(text);

    /// <summary>The value of a <see cref="MetaKind.Boolean"/>, otherwise null.</summary>
    public bool? Boolean => Kind == MetaKind.Boolean ? text == "true" : null;

    /// <summary>A text, or JSON's null.</summary>
    public static implicit operator MetaValue(string? value) => value is null ? new(MetaKind.Null, "null") : new(MetaKind.Text, value);

    /// <summary>A number: the one that its shortest text says, so that 0.1 is a tenth.</summary>
    /// <exception cref="ArgumentException">It is NaN or infinite: JSON cannot say that.</exception>
    public static implicit operator MetaValue(double value) => double.IsFinite(value)
        ? new(MetaKind.Number, value.ToString("R", CultureInfo.InvariantCulture))
        : throw new ArgumentException($"A number in meta must be finite, not {value}.", nameof(value));

    /// <summary>A whole number, to its last digit.</summary>
    public static implicit operator MetaValue(long value) => new(MetaKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number, to its last digit.</summary>
    public static implicit operator MetaValue(ulong value) => new(MetaKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, to its last digit.</summary>
    public static implicit operator MetaValue(decimal value) => new(MetaKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static implicit operator MetaValue(int value) => (long)value;

    /// <summary>A whole number.</summary>
    public static implicit operator MetaValue(uint value) => (long)value;

    /// <summary>A whole number.</summary>
    public static implicit operator MetaValue(ushort value) => (long)value;

    /// <summary>True or false.</summary>
    public static implicit operator MetaValue(bool value) => new(MetaKind.Boolean, value ? "true" : "false");

    /// <summary>The text of a string; of everything else, its JSON text; of a missing value, nothing.</summary>
    public override string ToString() => text ?? "";

    /// <summary>
    /// Same kind and same value: numbers by all their digits, however they are written (5 is 5.0), objects and arrays as text.
    /// </summary>
    public bool Equals(MetaValue other) => Kind == other.Kind && (text == other.text || (Kind == MetaKind.Number && Exact == other.Exact));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetaValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind == MetaKind.Number ? Exact.GetHashCode() : HashCode.Combine(Kind, text);

    /// <inheritdoc cref="Equals(MetaValue)"/>
    public static bool operator ==(MetaValue a, MetaValue b) => a.Equals(b);

    /// <inheritdoc cref="Equals(MetaValue)"/>
    public static bool operator !=(MetaValue a, MetaValue b) => !a.Equals(b);
}
