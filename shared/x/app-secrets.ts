import { GaplessError } from '../errors.ts';

/** One secret of an app. `validUntil` (Unix ms): it proves nothing from then on. */
export interface SecretEntry {
  readonly value: string;
  readonly validUntil?: number;
}

/** What one app signs with. Several entries of a kind let a rotation overlap; the first live one answers the CRC. */
export interface AppSecrets {
  readonly consumerSecrets: readonly SecretEntry[];
  readonly clientSecrets: readonly SecretEntry[];
}

/** A date, or a date and time with its zone; a time without a zone would mean another instant on another machine. */
const instantPattern = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/;

function malformed(problem: string): GaplessError {
  return new GaplessError(
    'SECRET_MALFORMED',
    `The secret of the app cannot be read: ${problem}. Write it as {"consumerSecrets":[{"value":"…"}],"clientSecrets":[{"value":"…","validUntil":"2027-01-01T00:00:00Z"}]}.`,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseEntry(entry: unknown, place: string): SecretEntry {
  if (!isRecord(entry)) throw malformed(`${place} is not an object`);
  const { value, validUntil } = entry;
  if (typeof value !== 'string' || value === '') throw malformed(`${place}.value is not a text`);
  // A stray line end would answer the CRC with a wrong token, and a wrong token disables the webhook at once.
  if (value.trim() !== value) throw malformed(`${place}.value begins or ends with white space`);
  if (validUntil === undefined) return { value };
  const instant =
    typeof validUntil === 'string' && instantPattern.test(validUntil) ? Date.parse(validUntil) : Number.NaN;
  if (Number.isNaN(instant)) throw malformed(`${place}.validUntil is not an ISO 8601 time with a zone`);
  return { value, validUntil: instant };
}

function parseEntries(list: unknown, place: string): readonly SecretEntry[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw malformed(`${place} is not a list`);
  return list.map((entry: unknown, index) => parseEntry(entry, `${place}[${index}]`));
}

/** Throws `SECRET_MALFORMED`, which tells the place and never the content (JSON.parse's own message would quote it). */
export function parseAppSecrets(text: string): AppSecrets {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed('it is not JSON');
  }
  if (!isRecord(parsed)) throw malformed('it is not an object');
  return {
    consumerSecrets: parseEntries(parsed.consumerSecrets, 'consumerSecrets'),
    clientSecrets: parseEntries(parsed.clientSecrets, 'clientSecrets'),
  };
}

/** The text that `parseAppSecrets` reads. */
export function printAppSecrets({ consumerSecrets, clientSecrets }: AppSecrets): string {
  const print = ({ value, validUntil }: SecretEntry) =>
    validUntil === undefined ? { value } : { value, validUntil: new Date(validUntil).toISOString() };
  return JSON.stringify({ consumerSecrets: consumerSecrets.map(print), clientSecrets: clientSecrets.map(print) });
}

/** False for the secret as the deployment creates it. */
export function isFilled({ consumerSecrets, clientSecrets }: AppSecrets): boolean {
  return consumerSecrets.length + clientSecrets.length > 0;
}

/** The values that are valid at `now` (Unix ms), in their order. */
export function liveValues(entries: readonly SecretEntry[], now: number): readonly string[] {
  return entries.filter(({ validUntil }) => validUntil === undefined || now < validUntil).map(({ value }) => value);
}

/** What answers a CRC: the first live client secret, else the first live consumer secret (docs.x.com, October 2026). */
export function crcKey({ consumerSecrets, clientSecrets }: AppSecrets, now: number): string | undefined {
  return liveValues(clientSecrets, now)[0] ?? liveValues(consumerSecrets, now)[0];
}
