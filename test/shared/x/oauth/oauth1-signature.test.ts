import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oauth1Header, oauth1Signature } from '../../../../shared/x/oauth/oauth1-signature.ts';

/** docs.x.com, "Creating a signature". */
const credentials = {
  consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
  consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
};
const nonce = 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg';
const request = (host: string) => ({
  method: 'post',
  url: `https://${host}/1.1/statuses/update.json?include_entities=true`,
  fields: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
});
const signatureIn = (header: string) => decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '');

describe('an OAuth 1.0a signature', () => {
  for (const [host, signature] of [
    ['api.x.com', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
    ['api.twitter.com', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
  ] as const) {
    test(`is the documented one at ${host}`, () => {
      assert.equal(signatureIn(oauth1Header(request(host), credentials, 1_318_622_958_000, nonce)), signature);
    });
  }

  test('orders parameters by their name, not by name and value in one', () => {
    const sign = (query: string) =>
      oauth1Signature({ method: 'GET', url: `https://x.test/?${query}` }, {}, credentials);

    // The order in the URL is of no account, and a1 comes after a although "a1=" sorts before "a=".
    assert.equal(sign('a1=0&a=1'), sign('a=1&a1=0'));
    // GET&https%3A%2F%2Fx.test%2F&a%3D1%26a1%3D0, by OpenSSL.
    assert.equal(sign('a=1&a1=0'), 'K3EWZ4M4zyW0eaD7y7YFK8UO/LU=');
  });

  test('covers a callback, which goes into the header and into no body', () => {
    const url = 'https://api.x.com/oauth/request_token';
    const header = (callback: string) =>
      oauth1Header({ method: 'POST', url, fields: { oauth_callback: callback } }, credentials, 0, nonce);

    assert.match(header('http://127.0.0.1:1/c'), /oauth_callback="http%3A%2F%2F127\.0\.0\.1%3A1%2Fc"/);
    assert.notEqual(signatureIn(header('http://127.0.0.1:1/c')), signatureIn(header('http://127.0.0.1:2/c')));
  });
});
