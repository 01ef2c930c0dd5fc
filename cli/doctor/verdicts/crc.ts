import { type AppSecrets, crcKey } from '../../../shared/x/app-secrets.ts';
import { fingerprint } from '../../../shared/x/secret-rotation.ts';
import { crcKind } from '../../credentials/secret-kind.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { explainCrc } from '../../webhook/explain-crc.ts';
import { type CrcResult, crcLimitMs } from '../../webhook/play-crc.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** From here on a cold start may cross X's limit. */
const slowMs = crcLimitMs * 0.7;

export const isSlow = (result: CrcResult): boolean =>
  result.kind === 'too-slow' || (result.kind === 'passed' && result.tookMs >= slowMs);

/** X's challenge as it was played against the address, and which secret answered it. */
export function judgeCrc(
  result: CrcResult,
  secrets: AppSecrets,
  { app, nowMs, command }: { readonly app: string; readonly nowMs: number; readonly command: CommandLine },
): Finding {
  const fault = explainCrc(result, app, command);
  if (result.kind !== 'passed' || fault !== undefined) return fail(fault ?? 'not passed', mendOf(result, command));
  const by = `answered in ${result.tookMs} ms with the ${crcKind(secrets, nowMs)} secret ${fingerprint(crcKey(secrets, nowMs) ?? '')}`;
  if (!isSlow(result)) return ok(by);
  return warn(`${by}; X waits ${crcLimitMs / 1000} s`, 'docs/runbook.md#receiver-throttled');
}

function mendOf(result: CrcResult, command: CommandLine): string {
  if (result.kind === 'wrong-token')
    return command(result.answeredWith === 'other-secret' ? 'secrets end --dry-run' : 'secrets set');
  if (result.kind === 'status' && result.status === 503) return command('secrets set');
  return 'docs/runbook.md#receiver-fails';
}

/** A token that could be JSON: its answer would be a signature for a body of a stranger's choice. */
export function judgeOracle(status: number, body: string): Finding {
  if (status === 400 && !body.includes('response_token'))
    return ok('a token outside the alphabet gets 400 and no signature');
  return fail(
    `a token outside the alphabet gets ${status}${body.includes('response_token') ? ' and a signature' : ''}: anybody can have a forged event signed here`,
    'npx cdk deploy',
  );
}

export function judgeForgery(status: number): Finding {
  if (status === 401) return ok('a POST with a made-up signature gets 401');
  if (status >= 200 && status < 300)
    return fail(`a POST with a made-up signature gets ${status}: forged events get in`, 'npx cdk deploy');
  return fail(
    `a POST with a made-up signature gets ${status} instead of 401`,
    status >= 500 ? 'docs/runbook.md#deliveries-not-accepted' : 'docs/runbook.md#requests-refused',
  );
}
