import fc from 'fast-check';
import { type BodyRecipe, bodyRecipe, createCook } from '../input/body-recipe.ts';
import { loadCorpus } from '../input/corpus.ts';
import { type RequestRecipe, requestRecipe } from '../input/request-recipe.ts';
import { nowMs } from '../input/secrets.ts';
import { checkOtherParsers } from '../properties/other-parsers.ts';
import { createReceiving } from '../properties/receiving.ts';
import { checkRecording } from '../properties/recording.ts';
import { checkSplitting } from '../properties/splitting.ts';
import { checkStreamLines } from '../properties/stream-lines.ts';

export interface Input {
  readonly body: BodyRecipe;
  readonly request: RequestRecipe;
  /** Chooses what a property leaves open. */
  readonly seed: number;
}

/** So many inputs of one seed: the same ones every time. */
export interface ChunkOrder {
  readonly seed: number;
  readonly inputs: number;
}

export interface ChunkReport extends ChunkOrder {
  /** How often the receiver gave each status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly events: number;
  readonly slowest: Slowest;
  /** What fast-check says about the smallest input that breaks a property. */
  readonly failure?: string;
}

/** The input that took longest, to be looked at when bodies of its size take less. */
export interface Slowest {
  readonly ms: number;
  readonly bytes: number;
  readonly recipe: string;
}

const input: fc.Arbitrary<Input> = fc.record({ body: bodyRecipe, request: requestRecipe, seed: fc.nat() });

/** Runs every property over the inputs of an order; ends at the first input that breaks one, and shrinks it. */
export async function runChunk({ seed, inputs }: ChunkOrder): Promise<ChunkReport> {
  const cook = createCook(loadCorpus());
  const receive = createReceiving();
  const statuses: Record<string, number> = {};
  let [bytes, events] = [0, 0];
  let slowest: Slowest = { ms: 0, bytes: 0, recipe: '' };

  const check = async (one: Input) => {
    const body = cook(one.body);
    const startedMs = performance.now();
    const { status, delivery } = await receive(one.request, body);
    const found = checkSplitting(body, one.seed);
    if (delivery !== undefined) await checkRecording(delivery);
    else if (one.seed % 16 === 0) await checkRecording({ ...unsent, body });
    if (one.seed % 16 === 1) checkOtherParsers(body);
    if (one.seed % 16 === 2) checkStreamLines(body, one.seed);

    const ms = performance.now() - startedMs;
    if (ms > slowest.ms) slowest = { ms, bytes: body.length, recipe: JSON.stringify(one) };
    statuses[status] = (statuses[status] ?? 0) + 1;
    bytes += body.length;
    events += found.events.length;
  };
  const details = await fc.check(fc.asyncProperty(input, check), { seed, numRuns: inputs });
  return {
    seed,
    inputs: details.numRuns,
    statuses,
    bytes,
    events,
    slowest,
    ...(details.failed && { failure: describe(details, cook) }),
  };
}

const unsent = {
  app: 'default',
  via: 'webhook',
  scheme: 'oauth2',
  receivedAt: new Date(nowMs).toISOString(),
  traceId: 'request-1',
} as const;

/** Which property, by which recipe, and the body that it makes. */
function describe(
  { errorInstance, counterexample }: fc.RunDetails<[Input]>,
  cook: ReturnType<typeof createCook>,
): string {
  const why = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  if (counterexample === null) return String(why);
  const body = Buffer.from(cook(counterexample[0].body)).toString('latin1');
  return [
    why,
    `Smallest input: ${JSON.stringify(counterexample[0])}`,
    `Its body (${body.length} bytes, as latin1): ${JSON.stringify(body.slice(0, 2_000))}`,
  ].join('\n');
}
