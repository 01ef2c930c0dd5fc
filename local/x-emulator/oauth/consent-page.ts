import { type Answer, html } from '../http/answers.ts';

/** Somebody to be, for a person who does not care who. */
const madeUpUserId = '2244994945';

const asEscapes = (text: string) => text.replaceAll(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/**
 * The page on which an account allows the app, or does not. A test clicks through it by posting the form: `user_id`,
 * `decision` (`allow` or `cancel`) and the hidden fields.
 */
export function consentPage(action: string, wants: string, hidden: Readonly<Record<string, string>>): Answer {
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${asEscapes(name)}" value="${asEscapes(value)}">`,
  );
  return html(
    200,
    [
      '<!doctype html><meta charset="utf-8"><title>X emulator: authorize app</title>',
      `<h1>Allow the app?</h1><p>It wants: ${asEscapes(wants)}</p>`,
      `<form method="post" action="${asEscapes(action)}">`,
      ...fields,
      `<label>Log in as user id <input name="user_id" value="${madeUpUserId}" pattern="[0-9]{1,19}" required></label>`,
      '<button name="decision" value="allow">Allow</button>',
      '<button name="decision" value="cancel" formnovalidate>Cancel</button>',
      '</form>',
    ].join('\n'),
  );
}

/** X shows no more than this either. */
export function consentRefused(why: string): Answer {
  return html(
    400,
    `<!doctype html><meta charset="utf-8"><title>X emulator</title><h1>Something went wrong</h1><p>${asEscapes(why)}</p>`,
  );
}

/** Why X would not send anybody back to this address: `localhost` is refused as a host (facts of autumn 2026). */
export function callbackFault(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'The callback is not an address.';
  return url.hostname === 'localhost' ? 'localhost is not allowed as callback, use 127.0.0.1.' : undefined;
}

export function backTo(address: string, query: Readonly<Record<string, string>>): Answer {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { ...html(302, ''), headers: { location: url.href } };
}
