const [tab, newline, carriageReturn, space, quote, backslash] = [9, 10, 13, 32, 34, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];

/**
 * One pass over JSON text: the same text without whitespace between its tokens, and how deep it is nested.
 * A loop and not a regular expression, whose backtracking stack a string of some megabytes would overflow.
 */
export function scanJson(text: string): { readonly compact: string; readonly depth: number } {
  let compact = '';
  let copied = 0;
  let open = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      inString = !inString;
    } else if (inString) {
      if (code === backslash) at += 1;
    } else if (code === space || code === newline || code === tab || code === carriageReturn) {
      if (at > copied) compact += text.slice(copied, at);
      copied = at + 1;
    } else if (code === openObject || code === openList) {
      open += 1;
      if (open > depth) depth = open;
    } else if (code === closeObject || code === closeList) {
      open -= 1;
    }
  }
  return { compact: compact + text.slice(copied), depth };
}

/** Removes the whitespace between the tokens of JSON text; escapes, digits and duplicate keys stay as written. */
export function compactJson(text: string): string {
  return scanJson(text).compact;
}
