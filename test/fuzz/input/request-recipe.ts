import fc from 'fast-check';

export const signings = [
  'legacy',
  'oauth2',
  'both',
  'oauth2 with the consumer secret',
  'legacy with the client secret',
  'secret that ends soon',
  'secret not known yet',
  'ended secret',
  'secret of another app',
  'guessed secret',
  'empty secret',
  'other bytes',
  'text of the bytes',
  'not padded',
  'in hexadecimal',
  'no prefix',
  'nothing',
] as const;

/** What surrounds a body on its way to the receiver. */
export interface RequestRecipe {
  readonly method: string;
  readonly app: string | undefined;
  readonly signing: (typeof signings)[number];
  readonly headers:
    | 'as API Gateway'
    | 'capitals'
    | 'good after bad'
    | 'bad after good'
    | 'spaces'
    | 'huge'
    | 'odd names';
  readonly encoding: 'base64' | 'text' | 'base64 said to be text' | 'text said to be base64' | 'absent';
  readonly secrets: 'there' | 'not there' | 'all ended';
  readonly queue: 'takes' | 'refuses' | 'breaks';
  readonly query: string;
}

const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const tokenText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'AZaz09+/=_-'), minLength: 1, maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'AZaz09+/=_- %{}"&#?;\u0000é\u{1F600}', '\ud800'), maxLength: 20 }),
  fc.constantFrom(
    '{"a":1}',
    '"',
    '%',
    '%7B',
    'a b',
    'a+b',
    '',
    '='.repeat(256),
    'a'.repeat(257),
    '%C0%80',
    '%ED%A0%80',
  ),
);
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
const query = fc.oneof(
  tokenText.map((token) => `crc_token=${encoded(token)}`),
  tokenText.map((token) => `crc_token=${token}&nonce=MTc5NTI1NTIwMDAwMA`),
  fc.tuple(tokenText, tokenText).map(([one, other]) => `crc_token=${encoded(one)}&crc%5Ftoken=${encoded(other)}`),
  fc.constantFrom('', '&&&', 'crc_token', '=crc_token', 'CRC_TOKEN=abc', '%=crc_token', 'crc_token=abc&__proto__=1'),
);

export const requestRecipe: fc.Arbitrary<RequestRecipe> = fc.record({
  method: mostly('POST', 'GET', 'GET', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'post', ''),
  app: mostly<string | undefined>(undefined, 'default', 'shop', 'nobody', '__proto__', 'constructor', ''),
  signing: fc.constantFrom(...signings),
  headers: mostly<RequestRecipe['headers']>(
    'as API Gateway',
    'capitals',
    'good after bad',
    'bad after good',
    'spaces',
    'huge',
    'odd names',
  ),
  encoding: fc.constantFrom(
    'base64',
    'base64',
    'text',
    'text',
    'base64 said to be text',
    'text said to be base64',
    'absent',
  ),
  secrets: mostly<RequestRecipe['secrets']>('there', 'not there', 'all ended'),
  queue: mostly<RequestRecipe['queue']>('takes', 'refuses', 'breaks'),
  query,
});
