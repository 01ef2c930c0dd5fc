/** Everything but the characters that SQS takes (SendMessage API reference). */
const refused = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Makes fauxqs take what SQS takes: by itself it refuses every character beyond U+FFFF, emoji among them. */
export async function takeAllCharacters(): Promise<void> {
  // Not among the package's exports; its version is pinned.
  const internals = new URL('./sqs/sqsTypes.js', import.meta.resolve('fauxqs'));
  const { INVALID_MESSAGE_BODY_CHAR }: { readonly INVALID_MESSAGE_BODY_CHAR: RegExp } = await import(internals.href);
  INVALID_MESSAGE_BODY_CHAR.test = (text) => refused.test(text);
}
