import type { Gap } from '../../shared/domain/gaps/gap.ts';
import type { Comparison } from './compare.ts';
import { clockTime, type Narrator } from './narrator.ts';
import type { Stage } from './stage.ts';

/** Events a second of the local clock. */
const rate = 0.3;
/** Long enough that the watcher is sure of the outage while it lasts. */
const outageMinutes = 16;

/** Traffic, an outage, its detection, the replay and the proof; about 40 minutes of the local clock. */
export async function playStory(stage: Stage, narrator: Narrator): Promise<Comparison> {
  const startedAtMs = stage.clock.now();
  await showTraffic(stage, narrator);
  const outage = await showOutage(stage, narrator);
  const gap = await showEnd(stage, narrator, outage);
  await showReplay(stage, narrator, gap);
  return prove(stage, narrator, startedAtMs);
}

async function showTraffic({ x, minutes, compare }: Stage, { title, say }: Narrator): Promise<void> {
  title('1. X sends events');
  say(
    'An X of its own runs on this machine. Three made-up accounts are subscribed; their posts, likes, follows and messages now arrive at the webhook, each one signed by X. Gapless checks the signature, answers, and stores each event once in a DynamoDB table.',
  );
  x.startTraffic({ rate });
  await minutes(3);
  const { sent, stored } = await compare();
  say(`${sent} events sent so far, ${stored} of them in the table already.`);
}

interface OutageShown {
  readonly gapId: string;
}

async function showOutage({ x, clock, minutes, gap }: Stage, { title, say }: Narrator): Promise<OutageShown> {
  title('2. An outage');
  const startedAtMs = clock.now();
  x.outages.start({ mode: 'dead-url' });
  say(
    'From now on X reaches nobody at the webhook, as if its address led nowhere. X tries each event again, three times within five minutes; then it drops the event and tells nobody. Nothing on our side fails either: it is only quiet.',
  );
  const isNew = ({ toMs }: Gap) => toMs === null || toMs > startedAtMs;
  await gap(isNew, 'the outage was not noticed', outageMinutes);
  say(
    'Gapless suspects something. Quiet may be just quiet, so after five minutes it asked X for a sign of life: X then calls the webhook, and that call has to come through to the table. None came.',
  );
  const open = await gap(
    (found) => isNew(found) && found.state !== 'suspected',
    'the suspicion was not confirmed',
    outageMinutes,
  );
  say(
    `Gapless is sure, and writes the gap into its ledger: events may be missing since ${clockTime(open.fromMs)}, when the last one arrived.`,
  );
  const leftMinutes = outageMinutes - (clock.now() - startedAtMs) / 60_000;
  if (leftMinutes > 0) await minutes(leftMinutes);
  return { gapId: open.gapId };
}

async function showEnd({ x, gap, compare }: Stage, { title, say }: Narrator, { gapId }: OutageShown): Promise<Gap> {
  title('3. The outage ends');
  const { sent, stored } = await compare();
  x.outages.end('dead-url');
  say(
    `The webhook can be reached again. ${sent - stored} of the ${sent} events that X has sent so far are missing here.`,
  );
  const closed = await gap(
    (found) => found.gapId === gapId && found.toMs !== null,
    'nothing arrived after the outage',
    10,
  );
  say(
    `The first delivery is here, and with it the gap has its bounds: ${clockTime(closed.fromMs)} to ${clockTime(closed.toMs ?? 0)}. The newest of the missing events come by X's own retries; X has given up on the others.`,
  );
  return closed;
}

async function showReplay({ gap }: Stage, { title, say }: Narrator, { gapId }: Gap): Promise<void> {
  title('4. The replay');
  say(
    'X keeps what it sent for a day and sends it again when asked, but not before it is 31 minutes old. Until then Gapless waits.',
  );
  const isOurs = (found: Gap) => found.gapId === gapId;
  const asked = await gap((found) => isOurs(found) && found.attempts > 0, 'X was not asked for a replay', 45);
  const newest = asked.story.findLast(({ line }) => line.startsWith('asking X'))?.line ?? 'asking X';
  say(`${newest.replace('asking', 'Gapless asks')}, a little more than the gap, to be on the safe side.`);
  const ended = await gap(
    (found) => isOurs(found) && !['suspected', 'open', 'replaying'].includes(found.state),
    'the replay did not end',
    60,
  );
  say(
    `X sent ${ended.replayed} events again and says that these are all. ${ended.recovered} of them were missing and are in the table now; Gapless recognised the others as stored. The gap is ${ended.state}.`,
  );
}

async function prove(stage: Stage, { title, say }: Narrator, startedAtMs: number): Promise<Comparison> {
  title('5. The proof');
  stage.x.stopTraffic();
  await stage.quiet();
  const again = await stage.recognised(startedAtMs);
  say(
    `Traffic stops. Each event in X's own record is now looked up in the table, one by one, by its identity. (${again} deliveries brought an event that was stored already; none of them is stored a second time.)`,
  );
  return stage.compare();
}
