import { Server } from 'node:net';
import { startFauxqs } from 'fauxqs';
import { holdVisibility } from './hold-visibility.ts';
import { takeAllCharacters } from './message-characters.ts';
import { answerOldestMessage } from './oldest-message.ts';

// SQS and S3 in a process of their own, so that their clock can be the local one. Arguments: the port (0: any), and the data directory or nothing.

// fauxqs binds every interface, without an option; a developer's machine must not offer its queues to the network.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  const [options, ...rest] = args;
  const loopback = typeof options === 'object' && options !== null ? { ...options, host: '127.0.0.1' } : options;
  return Reflect.apply(listen, this, [loopback, ...rest]);
};

await holdVisibility();
await takeAllCharacters();
const [port, dataDir] = process.argv.slice(2);
const server = await startFauxqs({ port: Number(port), logger: false, ...(dataDir === undefined ? {} : { dataDir }) });

answerOldestMessage(server);

const stop = () => {
  void server.stop().finally(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.on('SIGINT', () => {});
process.send?.({ port: server.port });
