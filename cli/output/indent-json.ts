/** JSON text with line breaks and indentation for people: only white space changes, no value is read. */
export function indentJson(json: string, indent = '  '): string {
  let depth = 0;
  return (json.match(tokens) ?? [])
    .map((token) => {
      if (token === ',') return `,\n${indent.repeat(depth)}`;
      if (token === ':') return ': ';
      if (empty.test(token)) return token[0] === '{' ? '{}' : '[]';
      if (token === '{' || token === '[') {
        depth += 1;
        return `${token}\n${indent.repeat(depth)}`;
      }
      if (token === '}' || token === ']') {
        depth -= 1;
        return `\n${indent.repeat(depth)}${token}`;
      }
      return token;
    })
    .join('');
}

/** Strings, numbers and words, empty containers, punctuation. White space between them matches nothing. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g;
const empty = /^(?:\{\s*\}|\[\s*\])$/;
