import { pick, type Random, randomBelow } from '../../../local/x-emulator/random.ts';

const syllables =
  'ba co de fi gu ha in jo ka le mo nu or pe qui ra so tu ver wi ys zen al ton mer str ough ing ed ly'.split(' ');

/**
 * Text that no dictionary knows: words of made-up syllables, some often and most seldom, as in any language. It packs
 * worse than what people write.
 */
export function madeUpWriter(random: Random): (characters: number) => string {
  const words = Array.from({ length: 600 }, () =>
    Array.from({ length: 1 + randomBelow(random, 4) }, () => pick(random, syllables)).join(''),
  );
  return (characters) => {
    let text = '';
    while (text.length < characters) text += `${words[Math.floor(words.length * random() ** 2)] ?? ''} `;
    return text.slice(0, characters);
  };
}
