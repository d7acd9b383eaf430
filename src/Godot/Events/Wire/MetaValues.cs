namespace Godot.Events;

/// <summary>
/// The values of an event's meta by name. One that it does not have is <see cref="MetaKind.Missing"/>, not an error: a rule asks whatever
/// comes.
/// </summary>
sealed class MetaValues : Dictionary<string, MetaValue>, IReadOnlyDictionary<string, MetaValue>
{
    public MetaValues()
    {
    }

    public MetaValues(IEnumerable<KeyValuePair<string, MetaValue>> values) : base(values)
    {
    }

    MetaValue IReadOnlyDictionary<string, MetaValue>.this[string key] => this.GetValueOrDefault<string, MetaValue>(key);
}
