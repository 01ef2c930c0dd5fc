/** `DeadLettersWaiting` → the heading "Dead letters waiting" of the runbook. */
export function runbookLink(alarmName: string): string {
  return `docs/runbook.md#${alarmName.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`;
}
