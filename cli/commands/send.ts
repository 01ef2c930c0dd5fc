import { readFile } from 'node:fs/promises';
import { GaplessError } from '../../shared/errors.ts';
import { defineCommand } from '../framework/define-command.ts';
import type { Terminal } from '../framework/terminal.ts';
import { counted } from '../output/counted.ts';
import { type DeliveryResult, deliver } from '../send/deliver.ts';
import { findDestination } from '../send/destination.ts';
import { parseScheme } from '../send/signing.ts';
import { targetOptions } from '../target/target.ts';

export const sendCommand = defineCommand({
  name: 'send',
  summary: 'sign saved bodies and deliver them to the webhook, as X would',
  details: [
    'FILE is a body byte for byte as X sent it; - reads it from the input.',
    'Signed with the secret of the stack, or with X_CLIENT_SECRET (oauth2) or X_CONSUMER_SECRET (legacy) where there is no stack or its secret is empty.',
    'Fails when any answer is not 200.',
  ],
  operands: { placeholder: 'FILE…', min: 1, max: Number.POSITIVE_INFINITY },
  options: {
    ...targetOptions,
    scheme: {
      type: 'string',
      value: 'NAME',
      summary: 'oauth2 or legacy (default: oauth2 if the app has a client secret)',
    },
    app: { type: 'string', value: 'APP', summary: 'the X app to send as (default: default)' },
    url: { type: 'string', value: 'URL', summary: 'deliver here instead of to the webhook of the stack' },
    'dry-run': { type: 'boolean', summary: 'say what would be sent and send nothing' },
  },
  examples: [
    { line: 'gapless send --local post.json', effect: 'one body to the stack on this machine' },
    { line: 'gapless send --stack Staging bodies/*.json', effect: 'many bodies to a deployed stack' },
    {
      line: 'cat like.json | gapless send --local --scheme legacy -',
      effect: 'a body from the input, the older signature',
    },
  ],
  async run({ values, operands }, terminal) {
    const { app = 'default', local, stack, url, scheme, 'dry-run': dryRun = false } = values;
    const chosen = scheme === undefined ? {} : { scheme: parseScheme(scheme) };
    // All bodies first: a misspelt name must not leave half of them delivered.
    const bodies = await Promise.all(operands.map((file) => readBody(file, terminal)));
    const destination = await findDestination({ app, local, stack, url, ...chosen }, terminal);

    let refused = 0;
    for (const { file, bytes } of bodies) {
      const what = `${file} (${counted(bytes.length, 'byte')}, ${destination.key.scheme})`;
      if (dryRun) {
        await terminal.print(`would send ${what} to ${destination.url}`);
        continue;
      }
      const result = await deliver(destination.url, destination.key, bytes);
      if (!isAccepted(result)) refused += 1;
      await terminal.print(`${outcome(result, terminal)}  ${what}`);
    }
    if (refused > 0) {
      throw new GaplessError(
        'DELIVERY_REFUSED',
        `${refused} of ${bodies.length} not accepted by ${destination.url}. 401: another secret or scheme; 404: no such app; 5xx: look at the receiver's log.`,
      );
    }
  },
});

interface Body {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function readBody(file: string, terminal: Terminal): Promise<Body> {
  if (file === '-') return { file: '(input)', bytes: Uint8Array.from(await terminal.readInput()) };
  const bytes = await readFile(file).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GaplessError('NOT_FOUND', `Nothing was sent: ${file} cannot be read (${why}).`, { cause });
  });
  return { file, bytes };
}

const isAccepted = (result: DeliveryResult) => result.kind === 'answered' && result.status === 200;

function outcome(result: DeliveryResult, terminal: Terminal): string {
  const text = result.kind === 'answered' ? String(result.status) : `unreachable: ${result.reason}`;
  return terminal.style(isAccepted(result) ? 'green' : 'red', text);
}
