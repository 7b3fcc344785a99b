import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKeyPair, signedWhole } from '../../test/fakes/ca-vault.ts';
import { hasOpenssl, OpensslFolder } from '../../test/suites/openssl.ts';
import { writePem } from '../lib/pem-writer.ts';
import { certificationRequestInfo, isSignedRequest } from './csr.ts';

const { publicKey, privateKey } = generateKeyPair('EC_secp384r1');
const spki = publicKey.export({ type: 'spki', format: 'der' });
const names = ['a.example', '*.a.example'];
const info = certificationRequestInfo({ names, publicKey: spki });
const csr = signedWhole(info, 'EC_secp384r1', privateKey);

test('openssl reads a request, its names and its signature', { skip: !hasOpenssl }, () => {
  using folder = new OpensslFolder();
  const file = folder.write('csr.pem', writePem('CERTIFICATE REQUEST', csr));
  const printed = folder.run('req', '-in', file, '-noout', '-text', '-verify');
  assert.match(printed, /DNS:a\.example, DNS:\*\.a\.example/);
});

test('a request is believed if it is the one that was asked for, signed by its own key', () => {
  assert.equal(isSignedRequest(csr, info, publicKey), true);
  const other = certificationRequestInfo({ names: ['b.example'], publicKey: spki });
  assert.equal(
    isSignedRequest(signedWhole(other, 'EC_secp384r1', privateKey), info, publicKey),
    false,
  );
  const thief = generateKeyPair('EC_secp384r1').privateKey;
  assert.equal(isSignedRequest(signedWhole(info, 'EC_secp384r1', thief), info, publicKey), false);
});

test('no changed byte and no cut-off makes another request believed', () => {
  for (let at = 0; at < csr.length; at += 1) {
    const changed = Uint8Array.from(csr);
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    assert.equal(isSignedRequest(changed, info, publicKey), false, `byte ${at}`);
    assert.equal(isSignedRequest(csr.subarray(0, at), info, publicKey), false);
  }
});
