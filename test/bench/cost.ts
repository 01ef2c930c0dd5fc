/** `npm run bench:cost`: what a million deliveries cost on AWS, from the operations that a run of the local stack counts. */

import { type Bill, billLines, billOf, totalOf, writeUnitsOf } from './cost/bill.ts';
import { makeBodies } from './cost/bodies.ts';
import { awsSample, naiveDesign } from './cost/other-designs.ts';
import { runStack, type Variant } from './cost/run-stack.ts';
import { pricesReadOn } from './support/aws-prices.ts';
import { reportBench } from './support/report-bench.ts';
import { withParts } from './support/with-parts.ts';

const sizes = [2_048, 8_192] as const;
const deliveries = 60;
const goalUsd = 2.7;

/** Each run has one way to store and one door; what a delivery costs behind the door is the same at either. */
const runs = [
  { payloadEncoding: 'plain', frontDoor: 'http-api' },
  { payloadEncoding: 'compact', frontDoor: 'function-url' },
] as const satisfies readonly Variant[];

const kilobytes = (bytes: number) => `${bytes / 1024} KB`;
const cents = (usd: number) => Math.round(usd * 1000) / 1000;

interface Design {
  readonly name: string;
  readonly bytes: number;
  readonly bill: Bill;
  /** DynamoDB's, for each delivery. */
  readonly units?: number;
}

const notes = [
  `Counted in a run of the local stack: each call of the deployed bundles, with items, index entries and messages measured by
AWS's rules, and each line that they log. Bodies are made up: at 2 KB mentions, answers and direct messages, at 8 KB reposts, quotes and
answers with the posts that they show, each of which costs a reference; all in words that no dictionary knows. List prices of
us-east-1 of ${pricesReadOn} (test/bench/support/aws-prices.ts, each with its source), without free tiers, storage and what a stack
costs a month by itself (docs/deploy.md).`,
  `Assumed, since only AWS could show it: the receiver is billed 10 ms, the recorder 30 ms for a batch, and under load batches
are full (ten, which is the setting's default; SQS is then asked a tenth of a time for each message). The other designs are computed by the same
rules from their descriptions in test/bench/cost/other-designs.ts; neither counts minutes, types or posts, nor finds a gap.`,
  `What is left at 2 KB is the event and its two indexes, one write unit each, which is the least that DynamoDB bills: $1.88; the queue,
$0.48; one Lambda request, $0.20. Tried and kept: the attribute that nearly always says the same is left out and the dictionary's version is
a byte, which brought the items of 2 KB bodies below 1 KB; a line of 40 bytes for each answer instead of embedded metrics ($0.23). Tried and left: seeding the
dictionary with the item's own attributes (20 bytes less, and an edited attribute would make a payload unreadable). Batches of more than
ten need a window, with which Lambda may let a lone message wait for 20 s; where that is no matter,
recorderBatchSize=100 with recorderBatchWindowSeconds=1 gives the last row.`,
];

await withParts(async (parts) => {
  const bodies = sizes.map((bytes) => makeBodies(bytes, deliveries, Date.now() - 60_000));
  const designs: Design[] = sizes.flatMap((bytes) => [
    { name: 'naive', bytes, bill: naiveDesign(bytes) },
    { name: 'AWS’s sample', bytes, bill: awsSample() },
  ]);
  const [plainAtApi = [], compactAtUrl = []] = [
    await runStack(parts, runs[0], bodies),
    await runStack(parts, runs[1], bodies),
  ];
  for (const [index, bytes] of sizes.entries()) {
    const [api, url] = [plainAtApi[index], compactAtUrl[index]];
    if (api === undefined || url === undefined) throw new Error('A run is missing.');
    for (const [name, store, door] of [
      ['plain, http-api', api, api],
      ['compact, http-api', url, api],
      ['plain, function-url', api, url],
      ['compact, function-url', url, url],
    ] as const) {
      const run = { ...store, front: door.front, receiverLog: door.receiverLog };
      designs.push({ name, bytes, bill: billOf(run), units: writeUnitsOf(run) });
    }
    const wide = { ...url, batchSize: 100, recorder: { ...url.recorder, milliseconds: 100 } };
    designs.push({ name: 'the same, batches of 100', bytes, bill: billOf(wide), units: writeUnitsOf(wide) });
  }
  const naive = new Map(designs.flatMap(({ name, bytes, bill }) => (name === 'naive' ? [[bytes, totalOf(bill)]] : [])));

  await reportBench({
    name: 'cost',
    title: 'A million deliveries',
    goal: `under $${goalUsd.toFixed(2)} for a million deliveries of 2 KB, compact and by a function URL, every index counted.`,
    rows: sizes.flatMap((size) =>
      designs
        .filter(({ bytes }) => bytes === size)
        .map(({ name, bytes, bill, units }) => ({
          body: kilobytes(bytes),
          design: name,
          ...Object.fromEntries(billLines.map((line) => [`${line} $`, cents(bill[line])])),
          'all $': cents(totalOf(bill)),
          '× naive': totalOf(bill) / (naive.get(bytes) ?? Number.NaN),
          'write units each': units ?? '–',
        })),
    ),
    figures: designs
      .filter(({ units }) => units !== undefined)
      .map(({ name, bytes, bill }) => ({
        name: `${kilobytes(bytes)}, ${name}`,
        value: cents(totalOf(bill)),
        unit: 'USD',
        better: 'lower',
        headline: bytes === sizes[0],
        ...(bytes === sizes[0] && name === 'compact, function-url' ? { goal: goalUsd } : {}),
      })),
    notes,
  });
});
