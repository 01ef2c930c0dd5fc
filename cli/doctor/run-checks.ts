import { GaplessError } from '../../shared/errors.ts';
import { explain } from '../framework/explain.ts';
import { plainText } from '../output/plain-text.ts';
import { type Finding, fail, skipped } from './finding.ts';

/** One look at something of `S`. It may throw: that is a failure with the error's words. */
export interface Check<S> {
  readonly name: string;
  /** Names of earlier checks without which this one says nothing. */
  readonly needs: readonly string[];
  look(at: S): Promise<Finding>;
}

export interface Examined extends Finding {
  readonly name: string;
}

export interface RunOptions<S> {
  /** Called by each check, within its time. */
  readonly open: () => Promise<S>;
  /** Real milliseconds for each check. */
  readonly timeoutMs: number;
}

/** Runs all checks beside each other, each as soon as those that it needs are done; none hides another. Keeps their order, never rejects. */
export function runChecks<S>(
  checks: readonly Check<S>[],
  { open, timeoutMs }: RunOptions<S>,
): Promise<readonly Examined[]> {
  const findings = new Map<string, Promise<Examined>>();
  for (const { name, needs, look } of checks) {
    const earlier = needs.flatMap((need) => findings.get(need) ?? []);
    const finding = Promise.all(earlier).then((found) => {
      const broken = found.find(({ status }) => status === 'fail' || status === 'skipped');
      if (broken) return skipped(`says nothing before ${broken.name} is mended`);
      return withinTime(async () => look(await open()), timeoutMs);
    });
    findings.set(
      name,
      finding.then((found) => ({ name, ...found })),
    );
  }
  return Promise.all(findings.values());
}

async function withinTime(look: () => Promise<Finding>, timeoutMs: number): Promise<Finding> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new GaplessError('NOT_FOUND', `No answer came within ${timeoutMs / 1000} s. Run it again.`));
  }, timeoutMs);
  try {
    return await Promise.race([look(), late.promise]);
  } catch (error) {
    return fail(plainText(explain(error).split('\n')[0] ?? ''));
  } finally {
    clearTimeout(timer);
  }
}
