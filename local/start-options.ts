import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { GaplessError } from '../shared/errors.ts';

export interface StartOptions {
  readonly port: number;
  readonly xPort: number;
  /** Absolute. */
  readonly dataDir: string | undefined;
  readonly traffic: boolean;
  /** Read X's activity stream, too, as a stack with the setting `stream` does. */
  readonly stream: boolean;
  readonly speed: number;
  /** Unix milliseconds, or the start. */
  readonly epoch: number | undefined;
  /** Play the story of an outage and end. */
  readonly once: boolean;
  readonly help: boolean;
}

export const usage = `npm start -- [options]        runs the whole of Gapless on this machine, with an X of its own

  --once         play the whole story once (traffic, an outage, its detection, the replay, the proof), tell it and
                 end; beside another stack too: on free ports, empty, 30 times as fast unless --speed says otherwise
  --port N       port of the webhook (default 8787; 0: a free one)
  --x-port N     port of the built-in X (default 8788; 0: a free one)
  --data DIR     keep everything in DIR between runs (default: each start is empty)
  --no-traffic   X sends nothing by itself
  --stream       reads X's activity stream, too, from the first tick of its schedule (a minute) on
  --speed N      the local clock runs N times as fast (default 1)
  --epoch MS     the real instant, in Unix milliseconds, at which the local clock agrees with the real one (default: the start)
  --help         show this

Environment
  X_CONSUMER_SECRET, X_CLIENT_SECRET   what deliveries are signed with (default local-consumer-secret, local-client-secret)
  X_API_BASE_URL, X_BEARER_TOKEN       use that X instead of the built-in one
  AWS_ENDPOINT_URL_DYNAMODB            use that DynamoDB instead of the embedded one
`;

const wrong = (problem: string) => new GaplessError('USAGE', problem);

/** Throws `USAGE`. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = readFlags(args);
  const once = values.once ?? false;
  if (once && values.data !== undefined) throw wrong('--once starts empty, so it takes no --data');
  if (once && values['no-traffic']) throw wrong('--once needs traffic');
  if (once && values.stream) throw wrong('--once tells the story of the webhook, so it takes no --stream');
  return {
    port: parsePort('--port', values.port ?? (once ? '0' : '8787')),
    xPort: parsePort('--x-port', values['x-port'] ?? (once ? '0' : '8788')),
    dataDir: values.data === undefined ? undefined : resolve(values.data),
    traffic: !values['no-traffic'],
    stream: values.stream ?? false,
    speed: parseNumber('--speed', values.speed ?? (once ? '30' : '1'), (speed) => speed > 0),
    epoch: values.epoch === undefined ? undefined : parseNumber('--epoch', values.epoch, Number.isSafeInteger),
    once,
    help: values.help ?? false,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'x-port': { type: 'string' },
        data: { type: 'string' },
        'no-traffic': { type: 'boolean' },
        stream: { type: 'boolean' },
        speed: { type: 'string' },
        epoch: { type: 'string' },
        once: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function parsePort(flag: string, text: string): number {
  return parseNumber(flag, text, (port) => Number.isInteger(port) && port >= 0 && port <= 65_535);
}

function parseNumber(flag: string, text: string, isAllowed: (value: number) => boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && isAllowed(value)) return value;
  throw wrong(`${flag} ${JSON.stringify(text)} cannot be used`);
}
