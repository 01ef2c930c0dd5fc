import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ApiTokenStore, type ApiTokens, noApiTokens, parseApiTokens, printApiTokens } from '../x/api-tokens.ts';
import { changeSecretText, readSecretText } from './secret-text.ts';

type Change = (tokens: ApiTokens) => ApiTokens;

const parse = (text: string | undefined) => (text === undefined ? noApiTokens : parseApiTokens(text));

/**
 * One app's credentials for X's API in Secrets Manager. Changes that come while another is being written are written
 * together: a secret takes about a hundred versions a day, and many accounts may refresh their tokens at once.
 */
export function createApiTokenStore(client: SecretsManagerClient, secretId: string): ApiTokenStore {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: { readonly changes: Change[]; readonly written: Promise<void> } | undefined;

  const write = async (changes: readonly Change[]) => {
    await changeSecretText(client, secretId, (text) =>
      printApiTokens(
        changes.reduce((tokens, change) => change(tokens), parse(text)),
        text,
      ),
    );
  };

  return {
    read: async () => parse(await readSecretText(client, secretId)),
    change(change) {
      if (waiting) {
        waiting.changes.push(change);
        return waiting.written;
      }
      const changes = [change];
      const begin = () => {
        waiting = undefined;
        return write(changes);
      };
      const written = last.then(begin, begin);
      waiting = { changes, written };
      last = written;
      return written;
    },
  };
}
