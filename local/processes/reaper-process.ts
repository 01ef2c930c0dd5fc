import { rmSync } from 'node:fs';
import { isReaperOrder } from './reaper-order.ts';

// Outlives its parent by a moment: when the parent's end of the channel closes, however it died, nothing of it stays.

const pids = new Set<number>();
const paths = new Set<string>();

process.on('message', (order: unknown) => {
  if (!isReaperOrder(order)) return;
  if (order.kind === 'watch') pids.add(order.pid);
  if (order.kind === 'forget') pids.delete(order.pid);
  if (order.kind === 'remove-at-end') paths.add(order.path);
  if (order.kind === 'keep') paths.delete(order.path);
});

process.on('disconnect', () => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
  for (const path of paths) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
});

// A signal to the whole group is the parent's to handle; this process ends with the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
