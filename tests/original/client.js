// The original's client, as its users run it: node client.js TRANSPORT ADDRESS JSON
//   TRANSPORT  tcp, udp or unix; ADDRESS is a port of 127.0.0.1, or a socket's path
//   JSON       { "write": [event, or list of events, …], "produce": [event…], "producers": [options…] }
// Sends the events, and of each producer one at once and one at each of its intervals; says "sent", and ends with its standard input.
'use strict';

const godot = require('godot');

const [transport, address, json] = process.argv.slice(2);
const { write = [], produce = [], producers = [] } = JSON.parse(json);
const running = producers.map(options => godot.producer(options));

const client = godot.createClient(transport === 'unix'
  ? { type: transport, path: address, producers: running }
  : { type: transport, host: '127.0.0.1', port: Number(address), producers: running });

client.connect(() => {
  write.forEach(event => client.write(event));
  produce.forEach(event => client.produce(event));
  running.forEach(producer => producer.produce());
  console.log('sent');
});

process.stdin.resume().on('end', () => process.exit());
