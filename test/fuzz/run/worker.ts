import { type ChunkOrder, type ChunkReport, runChunk } from './chunk.ts';

/** A process of its own: it runs an order, reports, and waits for the next. Something unhandled ends it. */
process.on('message', async (order: ChunkOrder) => {
  const report: ChunkReport = await runChunk(order);
  process.send?.(report);
});
