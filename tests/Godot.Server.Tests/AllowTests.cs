using System.Net;

namespace Godot;

public class AllowTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.1.2.3", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("fd00::/8", "fdab::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("fe80::1", "fe80::1%3", true)]
    [InlineData("0.0.0.0/0", "198.51.100.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "198.51.100.7", false)]
    public void An_address_is_in_a_network_however_it_is_written(string network, string address, bool has) =>
        Assert.Equal(has, Allow.From(network).Has(Allow.Plain(IPAddress.Parse(address))));

    [Theory]
    [InlineData("10.0.0.1/8",
        "\"10.0.0.1/8\" is an address within a network; write 10.0.0.0/8 for the network or 10.0.0.1 for that address alone.")]
    [InlineData("fd00::1/8",
        "\"fd00::1/8\" is an address within a network; write fd00::/8 for the network or fd00::1 for that address alone.")]
    [InlineData("10.0.0.0/33", "\"10.0.0.0/33\" has no prefix length that an IPv4 network can have; it is 0 to 32, as in 10.0.0.0/32.")]
    [InlineData("fd00::/129", "\"fd00::/129\" has no prefix length that an IPv6 network can have; it is 0 to 128, as in fd00::/128.")]
    [InlineData("10.0.0.0/-1", "\"10.0.0.0/-1\" has no prefix length that an IPv4 network can have; it is 0 to 32, as in 10.0.0.0/32.")]
    [InlineData("10.0.0.0/", "\"10.0.0.0/\" has no prefix length that an IPv4 network can have; it is 0 to 32, as in 10.0.0.0/32.")]
    [InlineData("fe80::1%eth0",
        "\"fe80::1%eth0\" names a zone, which only means something on this machine; leave it out, as in fe80::/10.")]
    [InlineData("monitor.example", "\"monitor.example\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.")]
    [InlineData("10", "\"10\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.")]
    [InlineData("010.0.0.1", "\"010.0.0.1\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.")]
    [InlineData("[::1]:80", "\"[::1]:80\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.")]
    [InlineData("", "\"\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.")]
    public void What_is_not_a_network_is_refused_with_a_sentence(string network, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => Allow.From(network)).Message);

    [Fact]
    public void Nobody_is_not_a_list() =>
        Assert.Contains("Allow.From needs a network", Assert.Throws<ArgumentException>(() => Allow.From()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void It_says_who()
    {
        Assert.Equal("this machine alone", Allow.ThisMachine.ToString());
        Assert.Equal("this machine and 10.0.0.0/8, fd00::/8", Allow.From("10.0.0.0/8", "fd00::/8").ToString());
        Assert.Equal("anyone", Allow.Anyone.ToString());
        Assert.Equal("anyone", Allow.From("0.0.0.0/0", "::/0").ToString());
        Assert.Equal("this machine and 0.0.0.0/0", Allow.From("0.0.0.0/0").ToString());
        Assert.Equal("this machine and ::/0", Allow.From("::/0").ToString());
    }

    [Fact]
    public void A_network_has_the_addresses_that_begin_with_its_bits()
    {
        Random random = new(20);
        for (int i = 0; i < 2000; i++)
        {
            byte[] start = new byte[random.Next(2) == 0 ? 4 : 16], other = new byte[start.Length];
            random.NextBytes(start);
            start.CopyTo(other);
            int length = random.Next(start.Length * 8 + 1), changed = random.Next(start.Length * 8);
            for (int bit = length; bit < start.Length * 8; bit++) start[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            other[changed / 8] ^= (byte)(0x80 >> (changed % 8));

            Allow allow = Allow.From($"{new IPAddress(start)}/{length}");

            Assert.Equal(changed >= length, allow.Has(new(other)));
        }
    }

    [Fact]
    public void This_machine_has_its_loopback_addresses_and_those_of_its_interfaces()
    {
        Assert.True(ThisMachine.Has(IPAddress.Parse("127.0.0.1")));
        Assert.True(ThisMachine.Has(IPAddress.Parse("127.9.8.7")));
        Assert.True(ThisMachine.Has(IPAddress.Parse("::1")));
        Assert.True(ThisMachine.Has(Allow.Plain(IPAddress.Parse("::ffff:127.0.0.1"))));
        foreach (IPAddress own in System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address))
            Assert.True(ThisMachine.Has(Allow.Plain(own)), own.ToString());
        Assert.False(ThisMachine.Has(IPAddress.Parse("192.0.2.1")));
        Assert.False(ThisMachine.Has(IPAddress.Parse("2001:db8::1")));
    }
}
