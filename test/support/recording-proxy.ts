import { readBody } from '../../local/http-body.ts';
import { listenOnLoopback } from '../../local/loopback-server.ts';

/** A call that went through, and what was answered. Bodies are texts. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly requestBody: string;
  readonly status: number;
  readonly contentType: string;
  readonly answerBody: string;
}

export type Call = Pick<Exchange, 'method' | 'url' | 'authorization' | 'requestBody'>;

/** What a test answers instead: an answer, or none although the call gets through. */
export type Interception =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'lose-answer';

export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Asked before each call goes on; `undefined` lets it. */
  intercept: (call: Call) => Interception | undefined;
  close(): Promise<void>;
}

/** Stands before a server, keeps what is said and answers instead of it where told. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = await listenOnLoopback(
    async (incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', target);
      const { method = 'GET' } = incoming;
      const { authorization = '' } = incoming.headers;
      const requestBody = (await readBody(incoming)).toString();
      const call = { method, url, authorization, requestBody };
      const instead = proxy.intercept(call);
      if (instead !== undefined && instead !== 'lose-answer') {
        outgoing.writeHead(instead.status, { 'content-type': 'application/json', ...instead.headers });
        outgoing.end(instead.body ?? '');
        return;
      }
      const answer = await fetch(url, {
        method,
        headers: { authorization, 'content-type': incoming.headers['content-type'] ?? 'application/json' },
        ...(requestBody !== '' && { body: requestBody }),
      });
      const answerBody = await answer.text();
      const contentType = answer.headers.get('content-type') ?? '';
      exchanges.push({ ...call, status: answer.status, contentType, answerBody });
      if (instead === 'lose-answer') {
        incoming.socket.destroy();
        return;
      }
      const ownOfX = [...answer.headers].filter(([name]) => name.startsWith('x-'));
      outgoing.writeHead(answer.status, { 'content-type': contentType, ...Object.fromEntries(ownOfX) });
      outgoing.end(answerBody);
    },
    0,
    'recording proxy',
  );
  const proxy: RecordingProxy = {
    url: server.url,
    exchanges,
    intercept: () => undefined,
    close: () => server.close(),
  };
  return proxy;
}
