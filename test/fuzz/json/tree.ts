import { tokensOf } from './tokens.ts';

/** A JSON value as written: numbers keep their digits. Of members of one name the last stays, as in JavaScript. */
export type Tree =
  | { readonly kind: 'text' | 'scalar'; readonly text: string }
  | { readonly kind: 'list'; readonly entries: readonly Tree[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Tree>; readonly hasTwins: boolean };

/** Reads valid JSON that is not deep. */
export function readTree(json: string): Tree {
  const tokens = tokensOf(json);
  let at = 0;

  const read = (): Tree => {
    const token = tokens[at++] ?? '';
    if (token === '{') return readObject();
    if (token === '[') return readList();
    return token.startsWith('"') ? { kind: 'text', text: JSON.parse(token) } : { kind: 'scalar', text: token };
  };
  const readList = (): Tree => {
    const entries: Tree[] = [];
    while (tokens[at] !== ']') {
      entries.push(read());
      if (tokens[at] === ',') at += 1;
    }
    at += 1;
    return { kind: 'list', entries };
  };
  const readObject = (): Tree => {
    const members = new Map<string, Tree>();
    let count = 0;
    while (tokens[at] !== '}') {
      const name: string = JSON.parse(tokens[at] ?? '');
      at += 2;
      members.set(name, read());
      count += 1;
      if (tokens[at] === ',') at += 1;
    }
    at += 1;
    return { kind: 'object', members, hasTwins: count > members.size };
  };
  return read();
}

/** Whether a name stands twice in one object, so that the order of its members has a meaning. */
export function hasTwins(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.entries.some(hasTwins);
  return tree.kind === 'object' && (tree.hasTwins || [...tree.members.values()].some(hasTwins));
}

/** Every value that holds no other, after the names that lead to it: where in a list it stands does not count. */
export function leavesOf(tree: Tree, path = ''): readonly string[] {
  switch (tree.kind) {
    case 'text':
      return [`${path}=${JSON.stringify(tree.text)}`];
    case 'scalar':
      return [`${path}=${tree.text}`];
    case 'list':
      return tree.entries.length === 0 ? [`${path}=[]`] : tree.entries.flatMap((entry) => leavesOf(entry, `${path}[]`));
    case 'object':
      return tree.members.size === 0
        ? [`${path}={}`]
        : [...tree.members].flatMap(([name, inner]) => leavesOf(inner, `${path}.${JSON.stringify(name)}`));
  }
}
