import { clickThrough } from '../local/x-emulator/oauth/consent.ts';

/** Somebody before a browser, as the terminal's `note`. */
export interface Person {
  note(line: string): void;
  /** The addresses that were followed, and all that was said. */
  readonly shown: readonly string[];
  readonly noted: readonly string[];
}

/** Follows the address that is shown, logs in as the account, and decides. */
export function person(userId: string, decision = 'allow', change = (address: string) => address): Person {
  const shown: string[] = [];
  const noted: string[] = [];
  const note = (line: string) => {
    noted.push(line);
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address === undefined || !line.startsWith('  ')) return;
    shown.push(address);
    void clickThrough(address, userId, decision).then(({ location }) => fetch(change(location)));
  };
  return { note, shown, noted };
}
