// The original's server, as its users run it: node server.js TRANSPORT ADDRESS
//   TRANSPORT  tcp, udp or unix; ADDRESS is a port of 127.0.0.1, or a socket's path
// Says "listening", then each event that reaches its reactor, as a line of JSON, and ends with its standard input.
'use strict';

const godot = require('godot');

const [transport, address] = process.argv.slice(2);
const server = godot.createServer({
  type: transport,
  reactors: [godot.reactor().console(event => console.log(JSON.stringify(event)))],
});
const listening = error => {
  if (error) throw error;
  console.log('listening');
};

if (transport === 'unix') server.listen(address, listening);
else server.listen(Number(address), '127.0.0.1', listening);

process.stdin.resume().on('end', () => process.exit());
