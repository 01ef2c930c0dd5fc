import assert from 'node:assert/strict';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { GaplessError } from '../../../shared/errors.ts';
import { parseApiTokens } from '../../../shared/x/api-tokens.ts';
import { parseAppSecrets, printAppSecrets } from '../../../shared/x/app-secrets.ts';
import { isJson } from '../json/tokens.ts';

/** What else reads text that others write: answers in its own words, whatever it is given. */
export function checkOtherParsers(body: Uint8Array): void {
  const text = Buffer.from(body).toString();
  const reading = parseSubscriptionsFile(text);
  if (reading.kind === 'faulty') assert.ok(reading.problems.length > 0);
  else assert.ok(isJson(text) || /[/,\ufeff]/.test(text), 'what is no JSON has comments, commas or a mark');

  const secrets = withoutQuoting(text, parseAppSecrets);
  if (secrets !== undefined) assert.deepEqual(parseAppSecrets(printAppSecrets(secrets)), secrets);
  withoutQuoting(text, parseApiTokens);
}

/** What is refused is refused with a code. */
function withoutQuoting<T>(text: string, parse: (text: string) => T): T | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GaplessError)) throw error;
    assert.equal(error.code, 'SECRET_MALFORMED');
    return undefined;
  }
}
