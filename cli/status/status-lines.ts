import type { QueueDepth } from '../../shared/aws/queue-depth.ts';
import type { Terminal } from '../framework/terminal.ts';
import { localTime } from '../output/local-time.ts';
import { plainText } from '../output/plain-text.ts';
import type { Counts, StackStatus, WatchStatus } from './stack-status.ts';
import { streamLines } from './stream-lines.ts';

/** The state of a stack for people. */
export function statusLines(status: StackStatus, terminal: Terminal): readonly string[] {
  const { stack, webhookUrl, queue, deadLetters, lastDeliveryAt } = status;
  const dead = depth(deadLetters, 'waiting for a person');
  return [
    `${terminal.style('bold', 'stack')}          ${stack}`,
    `${terminal.style('bold', 'webhook')}        ${webhookUrl}`,
    ...Object.entries(lastDeliveryAt).map(
      ([app, at]) => `${terminal.style('bold', 'last delivery')}  ${at === null ? 'none' : localTime(at)}  app ${app}`,
    ),
    ...Object.entries(status.watch).map(([app, watch]) => watchLine(app, watch, terminal)),
    ...(status.stream ? streamLines(status.stream, terminal) : []),
    `${terminal.style('bold', 'queue')}          ${depth(queue, 'waiting')}`,
    `${terminal.style('bold', 'dead letters')}   ${deadLetters.waiting > 0 ? terminal.style('red', dead) : dead}`,
    '',
    ...countTable(status, terminal),
  ];
}

function watchLine(app: string, { unfinishedGaps, lastGoodAt }: WatchStatus, terminal: Terminal): string {
  const gaps = `${unfinishedGaps} unfinished`;
  const heartbeat = lastGoodAt === null ? 'none yet' : localTime(lastGoodAt);
  const shown = unfinishedGaps > 0 ? terminal.style('red', gaps) : gaps;
  return `${terminal.style('bold', 'gaps')}           ${shown}, newest good heartbeat ${heartbeat}  app ${app}`;
}

function depth({ waiting, inFlight }: QueueDepth, waitingFor: string): string {
  return `${waiting} ${waitingFor}${inFlight === 0 ? '' : `, ${inFlight} in work`}`;
}

/** Types down, the whole and the latest days across. */
function countTable({ stored, days }: StackStatus, terminal: Terminal): readonly string[] {
  if (Object.keys(stored).length === 0) return ['No events are stored yet.'];
  const columns: readonly (readonly [head: string, counts: Counts])[] = [
    ['stored', stored],
    ...days.map(({ day, stored: counts }) => [day, counts] as const),
  ];
  const types = Object.keys(stored);
  const typeWidth = Math.max('type (days in UTC)'.length, ...types.map((type) => plainText(type).length));
  const row = (name: string, cells: readonly string[]) =>
    [name.padEnd(typeWidth), ...cells.map((cell) => cell.padStart(10))].join('  ');
  const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    terminal.style(
      'dim',
      row(
        'type (days in UTC)',
        columns.map(([head]) => head),
      ),
    ),
    ...types.map((type) =>
      row(
        plainText(type),
        columns.map(([, counts]) => grouped(counts[type] ?? 0)),
      ),
    ),
    terminal.style(
      'bold',
      row(
        'all',
        columns.map(([, counts]) => grouped(total(counts))),
      ),
    ),
  ];
}

const grouped = (count: number) => count.toLocaleString('en-US');
