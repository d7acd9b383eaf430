using System.Globalization;

namespace Godot.Bench;

/// <summary>
/// What a fleet of 1,000 hosts with 20 services each says in ten rounds of ten seconds: 200,000 events of 236 bytes in the mean, always the
/// same. Odd texts, escapes, non-ASCII raw and escaped, empty and missing tags and meta are in it, about as often as they come in life.
/// </summary>
sealed class FleetCorpus(Random random)
{
    public const int Hosts = 1000, Rounds = 10, Events = 200_000;

    /// <summary>2025-01-01T00:00:00Z: the time of the first event, in unix seconds.</summary>
    public const int Start = 1_735_689_600;

    static readonly string[] Regions = ["eu-west", "eu-north", "us-east", "us-west", "ap-south"];
    static readonly string[] Roles = ["api", "web", "db", "cache", "queue", "worker", "edge", "search"];

    public static readonly string[] Services =
    [
        "cpu", "memory/used", "swap", "load/1m", "disk/sda/util", "disk/sda/free", "disk/nvme0n1/iops", "net/eth0/rx", "net/eth0/tx",
        "http/requests/rate", "http/requests/p99", "http/errors/5xx", "app.checkout/health/heartbeat", "app.search/health/heartbeat",
        "app.login/queue.depth", "jvm/gc/pause", "db.orders/connections", "db.orders/replication lag", "cache/hit-ratio", "temp/°C",
    ];

    static readonly string[] Words =
        ["checked", "within", "limits", "latency", "queue", "backlog", "sampled", "from", "agent", "node", "shard", "ok", "retry", "pool",
            "deploy"];

    static readonly string[] Odd =
    [
        """path "C:\Temp\app.log" rotated""", "line one\nline two", "tab\tseparated", """quote " and slash \/""",
            "café – température élevée",
        "Загрузка цп", "負荷が高い", "status \U0001F680 deployed", "über 90 % ≥ limit",
    ];

    static readonly string[] Tags =
        ["prod", "staging", "rate", "gauge", "transient", "web", "backend", "fooproduct", "canary", "eu", "us", "k8s", "vm", "tier:1",
            "team:core"];

    static readonly string[] MetaNames = ["build", "version", "pid", "zone", "ewma", "rack", "p50", "errors"];
    static readonly double[] Ttls = [15, 30, 60, 60, 22.5];

    /// <summary>All of it, a line for each event; every host and service comes once in each round, in an order of its own.</summary>
    public static void Write(Stream output)
    {
        FleetCorpus corpus = new(new Random(20120612));
        (int Host, int Service)[] pairs =
            [.. from host in Enumerable.Range(0, Hosts) from service in Enumerable.Range(0, Services.Length) select (host, service)];
        using StreamWriter writer = new(output);
        for (int round = 0; round < Rounds; round++)
        {
            corpus.random.Shuffle(pairs);
            for (int i = 0; i < pairs.Length; i++)
                writer.Write(corpus.Line(round, pairs[i].Host, pairs[i].Service, Start + round * 10 + i * 10 / pairs.Length));
        }
    }

    readonly Random random = random;

    string Line(int round, int host, int service, double time)
    {
        bool ascii = random.NextDouble() < 0.2;
        JsonLine line = new(ascii);
        line.Text("host", $"{Roles[host % 8]}{host / 8}.{Regions[host / 8 % 5]}.example.com");
        line.Text("service", Services[service]);
        line.Text("state", random.NextDouble() switch { < 0.93 => "ok", < 0.985 => "warning", _ => "critical" });
        line.Number("time", random.NextDouble() < 0.25 ? Math.Round(time + random.NextDouble(), 3) : time);
        line.Text("description", Description());
        line.Texts("tags", Some(Tags, random.Next(5)));
        int members = random.Next(6) switch { 0 => 0, 1 or 2 => 1, 3 or 4 => 2, _ => 3 };
        if (members > 0 || random.NextDouble() < 0.5) line.Object("meta", Some(MetaNames, members).Select(name => (name, Meta(name))));
        line.Number("metric", Metric(Services[service], host, round));
        line.Number("ttl", Ttls[random.Next(Ttls.Length)]);
        return line.End();
    }

    string Description()
    {
        string text = string.Join(' ', random.GetItems(Words, random.Next(3, 10)));
        return random.NextDouble() < 0.12 ? $"{Odd[random.Next(Odd.Length)]} {text}" : text;
    }

    IEnumerable<string> Some(string[] all, int count) => [.. all.OrderBy(_ => random.Next()).Take(count)];

    object Meta(string name) => name switch
    {
        "build" or "pid" => (double)random.Next(100, 100_000),
        "ewma" or "p50" => Math.Round(random.NextDouble() * 5000, 3),
        "errors" => (double)random.Next(10),
        "version" => $"{random.Next(1, 10)}.{random.Next(21)}.{random.Next(51)}",
        "zone" => "abc"[random.Next(3)].ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"r{random.Next(1, 41):00}"),
    };

    double Metric(string service, int host, int round) => service switch
    {
        "cpu" => Math.Round(Math.Clamp(45 + 30 * Math.Sin((round + host % 30) / 2.0) + 24 * (random.NextDouble() - 0.5), 0, 100), 2),
        "memory/used" or "disk/sda/free" or "net/eth0/rx" or "net/eth0/tx" => random.NextInt64(64_000_000_000),
        "swap" => random.Next(4) == 0 ? random.Next(1, 1_000_000) : 0,
        "cache/hit-ratio" => Math.Round(random.NextDouble(), 6),
        "temp/°C" => Math.Round(random.NextDouble() * 100 - 5, 1),
        "http/requests/p99" => Math.Round(Math.Exp(4 + random.NextDouble()), 3),
        _ when service.EndsWith("heartbeat", StringComparison.Ordinal) => 1,
        _ => Math.Round(random.NextDouble() * 20_000, random.Next(2) * random.Next(1, 4)),
    };
}
