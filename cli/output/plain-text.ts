/**
 * What could command a terminal (C0, DEL, C1), break a line (U+2028, U+2029) or reorder what is read (the bidirectional
 * controls). What X's users write must do none of it.
 */
const unsafe = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text of any origin as one line that is safe to show. */
export function plainText(text: string): string {
  return text.replaceAll(unsafe, ' ').trim();
}

/**
 * JSON text as one line that is safe to print, value for value the same: tabs and line breaks stand only between
 * the tokens of JSON, and control characters that JSON allows inside a string (DEL and C1) have an escaped form.
 */
export function plainJson(json: string): string {
  return json
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(
      /[\u007f-\u009f\u2028\u2029]/g,
      (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** At most `width` characters, the last of them an ellipsis where some were left out. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
