/** What is wrong in the file and what to write instead. */
export interface Problem {
  /** `accounts[2].events[0]`, or a line and a column where the text is not JSON. */
  readonly place: string;
  readonly says: string;
  /** What stands there and was meant to be one of the candidates. */
  readonly misspelt?: { readonly given: string; readonly candidates: readonly string[] };
}

/** Takes note of a problem. Readers go on after one, with nothing in its place, so that one run tells them all. */
export type Report = (place: string, says: string, misspelt?: Problem['misspelt']) => undefined;

/** Reports members that mean nothing, since one may be a misspelt one that means much. */
export function reportStrangers(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  place: string,
  report: Report,
): void {
  for (const name of Object.keys(value).filter((one) => !known.includes(one))) {
    const says = `is not known here; there are: ${known.join(', ')}`;
    report(place === '' ? name : `${place}.${name}`, says, { given: name, candidates: known });
  }
}
