import { createPkce } from '../../../../shared/x/oauth/pkce.ts';

export const { verifier, challenge } = createPkce(new Uint8Array(32));
export const redirectUri = 'http://127.0.0.1:1/callback';

export interface Consented {
  readonly status: number;
  readonly page: string;
  /** Where the page sends the browser. */
  readonly location: string;
  readonly code: string;
}

/** Clicks through a page of consent as a person would: reads its form, fills it in and submits it. */
export async function clickThrough(address: string, userId: string, decision = 'allow'): Promise<Consented> {
  const shown = await fetch(address);
  const page = await shown.text();
  if (shown.status !== 200) return { status: shown.status, page, location: '', code: '' };
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const action = /<form method="post" action="([^"]+)">/.exec(page)?.[1] ?? '';
  const submitted = await fetch(new URL(action, address), {
    method: 'POST',
    body: new URLSearchParams({
      ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, readEscapes(value)])),
      user_id: userId,
      decision,
    }),
    redirect: 'manual',
  });
  const location = submitted.headers.get('location') ?? '';
  const code = URL.parse(location)?.searchParams.get('code') ?? '';
  return { status: submitted.status, page: await submitted.text(), location, code };
}

const readEscapes = (text: string) => text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

export function consentTo(
  origin: string,
  userId: string,
  scope: string,
  change: Readonly<Record<string, string>> = {},
  decision = 'allow',
): Promise<Consented> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: redirectUri,
    scope,
    state: 'made-up-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });
  return clickThrough(`${origin}/i/oauth2/authorize?${query}`, userId, decision);
}
