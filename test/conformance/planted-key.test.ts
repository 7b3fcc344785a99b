import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { formsIn, keyForms, plantedKey } from '../planted-key.ts';

// The search that proves the absence of keys elsewhere must itself find what there is.

for (const type of ['rsa', 'ec'] as const) {
  test(`every encoding of the ${type} key is found, whatever stands around it`, () => {
    const { keyPem, forms } = plantedKey(type);
    const key = createPrivateKey(keyPem);
    const encodings = [
      key.export({ type: 'pkcs8', format: 'der' }),
      key.export({ type: type === 'rsa' ? 'pkcs1' : 'sec1', format: 'der' }),
    ];
    for (const der of encodings) {
      for (const shift of [0, 1, 2]) {
        const shifted = Buffer.concat([Buffer.alloc(shift, 0x30), der, Buffer.alloc(shift, 0x30)]);
        const texts = [
          shifted.toString('base64'),
          shifted.toString('base64').replaceAll(/.{64}/g, '$&\n'),
          shifted.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
          shifted.toString('base64url'),
          shifted.toString('hex'),
          shifted.toString('hex').toUpperCase(),
          JSON.stringify(shifted),
        ];
        for (const content of [shifted, shifted.toReversed(), ...texts.map((t) => Buffer.from(t))])
          assert.notDeepEqual(formsIn(Buffer.from(content), forms), []);
      }
    }
  });
}

test('a key in the body of a request is found, where PEM is encoded once more', () => {
  for (const type of ['rsa', 'ec'] as const) {
    const { keyPem, forms } = plantedKey(type);
    for (const shift of [0, 1, 2]) {
      const shifted = Buffer.concat([Buffer.alloc(shift, 0x30), keyPem]);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        assert.notDeepEqual(formsIn(Buffer.from(shifted.toString(encoding)), forms), []);
    }
  }
});

test('any 24 bytes of a secret number are found', () => {
  const { keyPem } = plantedKey();
  const key = createPrivateKey(keyPem);
  const forms = keyForms(key);
  const d = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  for (let at = 0; at + 24 <= d.length; at++) {
    const piece = d.subarray(at, at + 24);
    for (const content of [piece, Buffer.from(piece.toString('hex')), Buffer.from(piece).reverse()])
      assert.notDeepEqual(formsIn(content, forms), [], `at ${at}`);
  }
});

test('what holds no key is not suspected', () => {
  const { forms } = plantedKey();
  const another = plantedKey();
  assert.deepEqual(formsIn(another.keyPem, forms), []);
  assert.deepEqual(formsIn(another.certificatePem, another.forms), []);
});
