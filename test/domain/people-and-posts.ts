/** The made-up accounts and posts of test/fixtures/x. */
export const ada = '1700000000000000001';
export const ben = '1700000000000000002';
export const cleo = '2244000003';
export const exampleApp = '13090000';

export const posts = {
  /** By Ada; it quotes `older` where it is carried by others. */
  own: '2107025498428145665',
  reply: '2107025749570486274',
  quote: '2107026001228726275',
  repost: '2107026252886966276',
  mention: '2107026504545206277',
  /** By Cleo. */
  older: '2094726959723446278',
} as const;

export const messages = { received: '2107033049756598279', sent: '2107033301414838280' } as const;
export const like = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
