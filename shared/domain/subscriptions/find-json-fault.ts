/** No control character stands in a string as it is. */
const token =
  /[ \t\r\n]*(?:(?<text>"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[{}[\],:]))/uy;

/** What may come next. `end` closes what is open. */
type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end';

/**
 * Where text stops being JSON: the offset of the first token that cannot stand there, or of the end where more must come.
 * `undefined`: it is JSON. JSON.parse tells the place of some faults only.
 */
export function findJsonFault(json: string): number | undefined {
  const open: string[] = [];
  let expected: Expected | undefined = 'value';
  let at = 0;
  for (;;) {
    const isComplete: boolean = open.length === 0 && expected === 'comma or end';
    token.lastIndex = at;
    const found = token.exec(json);
    if (found === null) {
      const next = json.slice(at).search(/[^ \t\r\n]/);
      return next === -1 ? (isComplete ? undefined : json.length) : at + next;
    }
    const { text, scalar, mark } = found.groups ?? {};
    expected = isComplete ? undefined : after(expected, mark ?? (text === undefined ? 'scalar' : 'text'), open);
    if (expected === undefined) return token.lastIndex - (text ?? scalar ?? mark ?? '').length;
    at = token.lastIndex;
  }
}

/** Opens and closes as the token does. `undefined`: it cannot stand here. */
function after(expected: Expected, kind: string, open: string[]): Expected | undefined {
  const container = open.at(-1);
  if (expected === 'colon') return kind === ':' ? 'value' : undefined;
  if (expected.endsWith('or end') && container !== undefined && kind === (container === '{' ? '}' : ']')) {
    open.pop();
    return 'comma or end';
  }
  if (expected.startsWith('comma')) return kind === ',' ? (container === '{' ? 'name' : 'value') : undefined;
  if (expected.startsWith('name')) return kind === 'text' ? 'colon' : undefined;
  if (kind === 'text' || kind === 'scalar') return 'comma or end';
  if (kind !== '{' && kind !== '[') return undefined;
  open.push(kind);
  return kind === '{' ? 'name or end' : 'value or end';
}
