import type { Terminal } from '../framework/terminal.ts';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/local-time.ts';
import { plainText } from '../output/plain-text.ts';
import type { AppStream, StreamStatus } from './stream-status.ts';

/** X's stream for people: a line for each app and each connection, and what it costs. */
export function streamLines({ apps, costPerMonth }: StreamStatus, terminal: Terminal): readonly string[] {
  const head = terminal.style('bold', 'stream'.padEnd(13));
  return [
    ...Object.entries(apps).flatMap(([app, stream]) =>
      appLines(app, stream, terminal).map((line) => `${head}  ${line}`),
    ),
    `${head}  about $${costPerMonth.toFixed(2)} a month on AWS, by the last 24 hours`,
  ];
}

function appLines(app: string, stream: AppStream, terminal: Terminal): readonly string[] {
  const { connections, coveredUpTo, breaksToday, lastDisconnect } = stream;
  const covered =
    coveredUpTo === null ? 'nothing is in the queue today' : `in the queue up to ${localTime(coveredUpTo)}`;
  const breaks = `${counted(breaksToday, 'break')} today`;
  const ended = lastDisconnect && `, last disconnect ${plainText(lastDisconnect.name)} ${localTime(lastDisconnect.at)}`;
  const state = connections.some(({ phase }) => phase === 'connected') ? 'connected' : terminal.style('red', 'away');
  return [
    `${state}, ${covered}, ${breaksToday > 0 ? terminal.style('red', breaks) : breaks}${ended ?? ''}  app ${app}`,
    ...connections.map(({ slot, phase, since, endsAt }) => {
      const from = since === null ? '' : ` since ${localTime(since)}`;
      return `connection ${slot} ${phase}${from}, until ${localTime(endsAt)}`;
    }),
  ];
}
