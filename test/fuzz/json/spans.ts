/** Where one value stands in JSON text, as offsets. A member's begins with its name. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly kind: 'text' | 'scalar' | 'list' | 'object';
}

interface Open {
  readonly start: number;
  readonly valueStart: number;
  readonly kind: 'list' | 'object';
}

const token = /("[^"\\]*(?:\\[\s\S][^"\\]*)*")|([^\s{}[\],:"]+)|[{}[\]:,]/g;

/** Every value of JSON text, inner ones before outer ones. Of other text whatever looks like one. */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  const open: Open[] = [];
  /** Where a string began that may turn out to be a name. */
  let lastText: { readonly start: number; readonly end: number } | undefined;
  let name: number | undefined;

  const settleText = () => {
    if (lastText === undefined) return;
    spans.push({ start: name ?? lastText.start, end: lastText.end, valueStart: lastText.start, kind: 'text' });
    lastText = undefined;
    name = undefined;
  };

  for (const { 0: found, 1: string, 2: scalar, index } of text.matchAll(token)) {
    const end = index + found.length;
    if (found === ':') {
      name = lastText?.start;
      lastText = undefined;
      continue;
    }
    settleText();
    if (string !== undefined) {
      lastText = { start: index, end };
    } else if (scalar !== undefined) {
      spans.push({ start: name ?? index, end, valueStart: index, kind: 'scalar' });
      name = undefined;
    } else if (found === '{' || found === '[') {
      open.push({ start: name ?? index, valueStart: index, kind: found === '{' ? 'object' : 'list' });
      name = undefined;
    } else if (found === '}' || found === ']') {
      const opened = open.pop();
      if (opened !== undefined) spans.push({ ...opened, end });
    }
  }
  settleText();
  return spans;
}
