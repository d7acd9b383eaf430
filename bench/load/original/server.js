// The original's server with the reactors of a row, as its users write them: node server.js article|count
// Says "port=N", then for each line of its input "received=N", and ends with it.
// What is counted is counted by the filter that the first reactor begins with, so that counting costs no further reactor.
'use strict';

const godot = require('godot');
const windowStream = require('window-stream');

let received = 0;
const counted = filter => service => {
  received++;
  return filter(service);
};

const reactors = {
  article: () => [
    godot.reactor()
      .where('service', counted(service => /.*\/health\/heartbeat/.test(service)))
      .expire(1000 * 60),
    godot.reactor()
      .where('service', 'cpu')
      .movingAverage({
        average: { type: 'exponential', alpha: 1 - Math.exp(-5 / 60) },
        window: new windowStream.EventWindow({ size: 10 })
      })
      .over(50)
  ],
  count: () => [
    godot.reactor()
      .where('service', counted(service => service === 'bench/performance'))
      .count(1000)
  ]
};

// Port 0 is no port to it: a free one is asked for beforehand.
const probe = require('net').createServer().listen(0, '127.0.0.1', () => {
  const port = probe.address().port;
  probe.close(() => {
    const server = godot.createServer({ type: 'tcp', reactors: reactors[process.argv[2]]() });
    server.listen(port, '127.0.0.1', error => {
      if (error) throw error;
      console.log('port=' + port);
    });
  });
});

process.stdin.setEncoding('utf8');
process.stdin.on('data', lines => lines.split('\n').slice(1).forEach(() => console.log('received=' + received)));
process.stdin.on('end', () => process.exit());
