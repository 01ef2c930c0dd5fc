/** Written apart from the product's own scanner, which it judges. */
const token = /[ \t\r\n]*("[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+)/gy;

/** The tokens of valid JSON text. */
export function tokensOf(json: string): readonly string[] {
  return Array.from(json.matchAll(token), ([, found = '']) => found);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
