/** `1 webhook`, `1,500 webhooks`. `plural`: where it is not made with an s. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}
