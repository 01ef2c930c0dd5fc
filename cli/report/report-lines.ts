import type { Accounting } from '../../shared/use-cases/report/account.ts';
import type { HourReport, Report } from '../../shared/use-cases/report.ts';
import type { Terminal } from '../framework/terminal.ts';
import { gapLines } from '../gaps/gap-lines.ts';
import { counted } from '../output/counted.ts';
import { padColumns } from '../output/pad-columns.ts';

const heads = [
  'hour',
  'accepted',
  'recorded',
  'events',
  'stored',
  'duplicate',
  'by replay',
  'min. busy',
  'quiet',
  'in a gap',
];
const numbers = new Set(heads.keys().drop(1));

/** A day for people: a table by the hour, then whether its numbers agree, and the gaps. */
export function reportLines(report: Report, terminal: Terminal): readonly string[] {
  const { day, hours, total, accounting, gaps } = report;
  const rows = [...hours.map((hour) => [hour.hour.slice(11, 16), ...cells(hour)]), ['all', ...cells(total)]];
  const [head = '', ...lines] = padColumns([heads, ...rows], numbers).map((row) => row.join('  '));
  const all = lines.pop() ?? '';
  return [
    `${terminal.style('bold', day)}, hours in UTC`,
    '',
    terminal.style('dim', head),
    ...lines,
    terminal.style('bold', all),
    '',
    ...accountLines(accounting, terminal),
    `came        ${came(total)}`,
    `replays     ${replays(total.replay)}`,
    ...streamLines(total),
    '',
    ...(gaps.length === 0
      ? ['No gap touches this day.']
      : ['Gaps of this day, in the time zone of this machine:', ...gapLines(gaps, terminal)]),
  ];
}

/** What does not agree, and where to look, in one sentence each. */
export function differences({ difference, tolerance, eventsDifference }: Accounting): readonly string[] {
  const deliveries = difference === null || Math.abs(difference) <= tolerance ? undefined : difference;
  const said: string[] = [];
  if (deliveries !== undefined && deliveries > 0) {
    said.push(
      `${counted(deliveries, 'delivery', 'deliveries')} accepted and neither recorded nor in a queue: gapless replay gets their events back`,
    );
  }
  if (deliveries !== undefined && deliveries < 0) {
    said.push(
      `${counted(-deliveries, 'delivery', 'deliveries')} recorded and never accepted: somebody else sends to the queue, some were counted twice, or CloudWatch has not all of the day`,
    );
  }
  if (eventsDifference !== 0) {
    said.push(`${counted(Math.abs(eventsDifference), 'event')} found and neither stored nor duplicate, or both`);
  }
  return said;
}

function accountLines(accounting: Accounting, terminal: Terminal): readonly string[] {
  const { accepted, recorded, inFlight, deadLettered, difference, tolerance, eventsDifference, until } = accounting;
  const verdict = (holds: boolean) => (holds ? terminal.style('green', 'holds') : terminal.style('red', 'DIFFERS'));
  const waiting = `up to ${count(inFlight)} in flight + ${count(deadLettered)} dead-lettered now`;
  const judged =
    difference === null
      ? 'not judged: nobody measured what was accepted'
      : `${verdict(Math.abs(difference) <= tolerance)} (difference ${count(difference)}, tolerance ${count(tolerance)})`;
  return [
    `deliveries  until ${until.slice(11, 16)}: accepted ${countOrDash(accepted)} = recorded ${count(recorded)} + ${waiting}: ${judged}`,
    `events      found = stored + duplicate: ${verdict(eventsDifference === 0)}`,
  ];
}

function cells({ accepted, recorded, events, stored, duplicates, replay, minutes }: Omit<HourReport, 'hour'>) {
  const { withDeliveries, quiet, inGap } = minutes;
  const byReplay = replay.stored + replay.duplicates;
  const numbersOfTraffic = [recorded, events, stored, duplicates, byReplay, withDeliveries, quiet, inGap];
  return [countOrDash(accepted), ...numbersOfTraffic.map(count)];
}

/** Of what is stored: a share of nothing is none. */
function came({ stored, live, replay }: Omit<HourReport, 'hour'>): string {
  const share = (part: number) => (stored === 0 ? '' : ` (${((100 * part) / stored).toFixed(1)} %)`);
  return `${count(live.stored)} stored live${share(live.stored)}, ${count(replay.stored)} by replay${share(replay.stored)}`;
}

/** Of a stack that never read the stream there is nothing to say. */
function streamLines({ stream, storedBy, duplicatesBy }: Omit<HourReport, 'hour'>): readonly string[] {
  if (stream.recorded === 0) return [];
  const { retry, replay, otherWay } = duplicatesBy;
  return [
    `stream      ${counted(stream.recorded, 'line')} recorded, ${count(stream.backfilled)} of them filled back: ${count(stream.stored)} stored, ${count(stream.duplicates)} duplicate`,
    `first       ${count(storedBy.webhook)} by the webhook, ${count(storedBy.stream)} by the stream, ${count(storedBy.replay)} by replay, ${count(storedBy.backfill)} filled back`,
    `duplicates  ${count(retry)} the same way again, ${count(replay)} by replay, ${count(otherWay)} by the other way`,
  ];
}

function replays({ deliveries, stored, duplicates }: HourReport['replay']): string {
  const brought = `${counted(deliveries, 'delivery', 'deliveries')} brought ${counted(stored + duplicates, 'event')}`;
  return `${brought}: ${count(stored)} stored, ${count(duplicates)} duplicate`;
}

const count = (value: number): string => value.toLocaleString('en-US');
const countOrDash = (value: number | null): string => (value === null ? '-' : count(value));
