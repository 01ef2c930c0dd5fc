import type { CommandLine } from '../target/command-line.ts';
import { type CrcResult, crcLimitMs } from './play-crc.ts';

/** What is wrong with the answer to a challenge, and what to do. `undefined`: nothing. */
export function explainCrc(result: CrcResult, app: string, command: CommandLine): string | undefined {
  switch (result.kind) {
    case 'passed':
      return undefined;
    case 'wrong-token':
      return result.answeredWith === 'other-secret'
        ? 'It answers with another secret of the app than the one that counts. After a change of secrets it takes some seconds; if it stays, look which one stands first.'
        : `It answers with a secret that is not in the stack's: another stack or program stands there, or the secret is wrong. ${command('secrets set')} stores the right one.`;
    case 'no-token':
      return 'It answers 200 without a response_token: something else than the receiver answers there.';
    case 'redirected':
      return `It redirects (${result.status}), and X takes that for a failure at once. Give the final address.`;
    case 'status':
      return result.status === 503
        ? `It answers 503: the receiver has no secret for app ${app} yet. Store it with ${command('secrets set')}.`
        : `It answers ${result.status} where X wants 200. ${result.status === 404 ? 'Is the path right, and the app one of the stack’s?' : 'Look at the receiver’s log.'}`;
    case 'too-slow':
      return `It needs more than ${crcLimitMs / 1000} s, and X may not wait longer. Look at the receiver’s duration and memory.`;
    case 'tls':
      return `Its certificate does not hold (${result.why}), and X takes that for a failure at once. Mend the certificate.`;
    case 'unreachable':
      return `It cannot be reached (${result.why}). Is the address right, its DNS name known, and the stack deployed?`;
  }
}

/** Whether waiting may help: a deploy, a DNS name or a changed secret may still be on its way. */
export function mayPass({ kind }: CrcResult): boolean {
  return !(kind === 'redirected' || kind === 'no-token');
}
