import { list, member, object } from '../../domain/json.ts';

/** An answer of X's OAuth endpoints, or why there is none. `status` is absent when no answer came: it is unknown then whether X acted. */
export type OAuthOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: OAuthFailure };

export interface OAuthFailure {
  readonly status?: number;
  /** X's words, never those of a page in between, which might repeat what was sent. */
  readonly detail: string;
}

export interface FormRequest {
  readonly url: string;
  readonly authorization?: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/**
 * POSTs a form and reads the answer, JSON or form. X's own SDK knows these endpoints only at api.x.com, and puts whole
 * answers into its error messages, so OAuth is spoken here.
 */
export async function postForm({
  url,
  authorization,
  fields,
  timeoutMs,
}: FormRequest): Promise<OAuthOutcome<Readonly<Record<string, unknown>>>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: new URLSearchParams(fields).toString(),
      // A redirect would carry the credentials elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = parseAnswer(await response.text());
    if (response.ok) return { ok: true, value: answer };
    return { ok: false, failure: { status: response.status, detail: detailOf(answer) ?? `HTTP ${response.status}` } };
  } catch (error) {
    return { ok: false, failure: { detail: reasonOf(error) } };
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(user)}:${encodeURIComponent(password)}`).toString('base64')}`;
}

/** For an answer that says yes and lacks what was asked for. */
export function incomplete<T>(what: string): OAuthOutcome<T> {
  return { ok: false, failure: { status: 200, detail: `X's answer has no ${what}` } };
}

function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    return object(JSON.parse(text)) ?? {};
  } catch {
    return text.startsWith('<') ? {} : Object.fromEntries(new URLSearchParams(text));
  }
}

function detailOf(answer: Readonly<Record<string, unknown>>): string | undefined {
  const first = list(answer.errors)[0];
  const words = [answer.error, answer.error_description, member(first, 'message'), answer.detail]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(': ');
  return words === '' ? undefined : words.slice(0, 300);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
