import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPkce, createState } from '../../../../shared/x/oauth/pkce.ts';

describe('PKCE', () => {
  test('is that of RFC 7636, appendix B', () => {
    const bytes = Uint8Array.from([
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240,
      91, 88, 5, 88, 83, 132, 141, 121,
    ]);

    assert.deepEqual(createPkce(bytes), {
      verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    });
  });

  test('and the state are new every time, and safe in a URL', () => {
    const made = [createPkce().verifier, createPkce().verifier, createState(), createState()];

    assert.equal(new Set(made).size, 4);
    for (const one of made) assert.match(one, /^[A-Za-z0-9_-]{32,128}$/);
  });
});
