using System.Text;

namespace Godot.Alerting;

/// <summary>What names a key wherever it runs, in the two parts by which the engine finds it: host and service, or a tuple.</summary>
sealed class KeyName(byte[] first, byte[] second) : IEquatable<KeyName>
{
    /// <summary>That of a scope which has only one key.</summary>
    public static readonly KeyName Only = new([], []);

    public byte[] First => first;

    public byte[] Second => second;

    public bool Equals(KeyName? other) =>
        other is not null && First.AsSpan().SequenceEqual(other.First) && Second.AsSpan().SequenceEqual(other.Second);

    public override bool Equals(object? obj) => Equals(obj as KeyName);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(first);
        hash.Add(first.Length);
        hash.AddBytes(second);
        return hash.ToHashCode();
    }

    /// <summary>A text that no other key has.</summary>
    public override string ToString() => $"{first.Length}:{Encoding.Latin1.GetString(first)}{Encoding.Latin1.GetString(second)}";
}
