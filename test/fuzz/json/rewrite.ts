import { type Random, randomBelow } from '../../../local/x-emulator/random.ts';
import type { Tree } from './tree.ts';

const spaces = ['', '', '', ' ', '\n', '\t', '\r\n  '];

/** The same JSON value written another way: with other white space, escapes and order of members. */
export function rewritten(tree: Tree, random: Random): string {
  const space = () => spaces[randomBelow(random, spaces.length)] ?? '';
  const backwards = random() < 0.5;

  const write = (one: Tree): string => {
    switch (one.kind) {
      case 'scalar':
        return one.text;
      case 'text':
        return escaped(one.text, random);
      case 'list':
        return `[${one.entries.map((entry) => space() + write(entry) + space()).join(',')}]`;
      case 'object': {
        const members = [...one.members].map(
          ([name, inner]) => `${space()}${escaped(name, random)}${space()}:${space()}${write(inner)}${space()}`,
        );
        return `{${(backwards ? members.reverse() : members).join(',')}}`;
      }
    }
  };
  return space() + write(tree) + space();
}

/** Of each text either nothing, or all that is not ASCII, or every character is escaped. */
function escaped(text: string, random: Random): string {
  const way = randomBelow(random, 3);
  if (way === 0) return JSON.stringify(text);
  const outside = way === 1 ? /[^ -~]|["\\]/g : /[\s\S]/g;
  return `"${text.replace(outside, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}
