import type { ConnectionRecord } from '../../../local/x-emulator/stream/stream-connections.ts';

/** Connections that their reader left while a later one was open and stayed: so the one reader took over from the other. */
export function handovers(connections: readonly ConnectionRecord[]): number {
  return connections.filter(({ connectedAtMs, disconnectedAtMs: leftAtMs, reason }) => {
    if (leftAtMs === undefined || reason !== 'ClientDisconnect') return false;
    return connections.some(
      (other) =>
        other.connectedAtMs > connectedAtMs &&
        other.connectedAtMs < leftAtMs &&
        (other.disconnectedAtMs === undefined || other.disconnectedAtMs > leftAtMs),
    );
  }).length;
}
