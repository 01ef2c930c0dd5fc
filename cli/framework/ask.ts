import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks a person for one line. `hidden`: what is typed does not show. */
export type Ask = (question: string, how?: { readonly hidden: boolean }) => Promise<string>;

/**
 * Asks on the error output, so that the result stays clean. Hidden, the line editor writes to nowhere: what is typed or
 * pasted never shows, and no history keeps it. Ctrl-C ends the program as it does elsewhere.
 */
export function createAsk(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupt: () => void = () => void process.kill(process.pid, 'SIGINT'),
): Ask {
  return (question, { hidden } = { hidden: false }) => {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    output.write(question);
    const editor = createInterface({ input, output: hidden ? nowhere : output, terminal: true, historySize: 0 });
    const { promise, resolve } = Promise.withResolvers<string>();
    let line = '';
    editor.once('line', (typed) => {
      line = typed;
      editor.close();
    });
    editor.once('SIGINT', () => {
      editor.close();
      interrupt();
    });
    editor.once('close', () => {
      if (hidden) output.write('\n');
      resolve(line);
    });
    return promise;
  };
}
