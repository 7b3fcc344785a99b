import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { formsIn, plantedKey } from '../../test/planted-key.ts';
import { systemClock } from '../lib/clock.ts';
import { systemRandom } from '../lib/random.ts';
import { signRecipientDocument } from '../lib/recipient-document-signature.ts';
import { Secret, type Sealed } from '../lib/secret.ts';
import type { OperationName } from '../lib/vault-protocol.ts';
import { connectVault, connectVaultControl } from '../vault-client/client.ts';
import type { BackingKey, CaKey } from '../vault-client/vault.ts';
import { acmKeyName as name, claim, context } from '../vault/test-vault.ts';
import { spawnVault } from './vault-process.ts';

/** What an API process can do that is not ours any more: it has the wrapped keys, the ciphertexts and both pipes. */
test('an API process without an enrolled holder gets no private key out of the vault, whatever it asks', async (t) => {
  const process = spawnVault({
    rootKey: new Secret(new Uint8Array(32).fill(1)),
    channels: ['api', 'worker'],
    stderr: 'pipe',
  });
  t.after(() => process.child.kill('SIGKILL'));
  const said: Buffer[] = [];
  const [api, worker] = ['api', 'worker'].map((role) => {
    const channel = process.channels[role] as Socket;
    // Before its client, which overwrites what it has read.
    channel.on('data', (chunk: Buffer) => said.push(Buffer.from(chunk)));
    return channel;
  }) as [Socket, Socket];
  const vault = connectVault(api);
  const control = connectVaultControl(worker);

  const planted = plantedKey('ec');
  const spki = new X509Certificate(planted.certificatePem).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  const key = { ...name, ...(await vault.createBackingKey(name, claim)) } as BackingKey;
  const ordinaryName = { ...name, usage: 'encrypt-decrypt' } as const;
  // Its own key under the same names, for another usage.
  const ordinary = {
    ...ordinaryName,
    ...(await vault.createBackingKey(ordinaryName, claim)),
  } as BackingKey;
  const keys: readonly BackingKey[] = [
    key,
    ordinary,
    { ...key, usage: 'encrypt-decrypt' },
    { ...ordinary, usage: 'acm-private-key' },
  ];
  const pem = () => new Secret(Uint8Array.from(planted.keyPem));
  const { ciphertext } = await vault.importPrivateKey(key, pem(), spki, context, claim);

  const holder = generateKeyPairSync('ed25519');
  const mine = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const document = (holderId: string): Uint8Array =>
    signRecipientDocument(
      {
        holderId,
        publicKey: mine.publicKey.export({ type: 'spki', format: 'der' }),
        time: systemClock.now(),
        nonce: systemRandom.bytes(16),
      },
      holder.privateKey,
    );
  // A gateway is enrolled, and its name is no secret.
  await process.control.enrolHolder({
    holderId: 'gateway-1',
    publicKey: createPublicKey(generateKeyPairSync('ed25519').privateKey).export({
      type: 'spki',
      format: 'der',
    }),
  });
  const caKey: CaKey = {
    caId: name.keyId,
    role: 'intermediate',
    spec: 'EC_prime256v1',
    wrapped: ciphertext as Uint8Array as Sealed<'ca-key'>,
    publicKey: spki,
  };
  const ready = {
    spec: 'EC_prime256v1',
    wrapped: ciphertext as Uint8Array as Sealed<'ready-key'>,
    publicKey: spki,
  } as const;
  const everyKey = (ask: (key: BackingKey) => Promise<unknown>) => keys.map((each) => ask(each));

  const rowSet = {
    kind: 'kms-key',
    account: '111122223333',
    region: 'eu-west-1',
    owner: 'key',
    generation: 1,
    rowCount: 1,
    digest: new Uint8Array(32),
  };
  const attempts = {
    hello: () => [vault.generateRandom(1)],
    createBackingKey: () => [vault.createBackingKey(name, claim)],
    encrypt: () => everyKey((each) => vault.encrypt(each, ciphertext, context, claim)),
    decrypt: () => everyKey((each) => vault.decrypt(each, ciphertext, context, claim)),
    reEncrypt: () =>
      keys.flatMap((from) =>
        keys.map(async (to) => {
          const again = await vault.reEncrypt(
            { key: from, ciphertext, context },
            { key: to, context },
            claim,
          );
          return vault.decrypt(
            { ...to, usage: 'encrypt-decrypt' },
            again.ciphertext,
            context,
            claim,
          );
        }),
      ),
    generateDataKey: () => everyKey((each) => vault.generateDataKey(each, 64, context, claim)),
    generateRandom: () => [vault.generateRandom(1024)],
    decryptToRecipient: () =>
      ['gateway-1', 'gateway-2'].flatMap((holderId) =>
        everyKey((each) =>
          vault.decryptToRecipient(each, ciphertext, context, document(holderId), claim),
        ),
      ),
    verifyHolder: () => [vault.verifyHolder(document('gateway-1'))],
    generatePrivateKey: () =>
      everyKey((each) =>
        vault.generatePrivateKey(each, 'EC_prime256v1', context, { isExportable: true }, claim),
      ),
    importPrivateKey: () =>
      everyKey((each) => vault.importPrivateKey(each, pem(), spki, context, claim)),
    signCsr: () => everyKey((each) => vault.signCsr(each, ciphertext, context, spki, claim)),
    exportPrivateKey: () =>
      everyKey((each) =>
        vault.exportPrivateKey(each, ciphertext, context, new Secret(new Uint8Array(8)), claim),
      ),
    generateCaKey: () => [vault.generateCaKey(caKey, claim)],
    signCertificate: () => [vault.signCertificate(caKey, spki, claim)],
    signCrl: () => [vault.signCrl(caKey, spki, claim)],
    signJws: () => [vault.signJws(caKey, 'eyJhIjoxfQ.e30', claim)],
    confirm: () => [Promise.resolve(vault.confirm([]))],
    unconfirmed: () => [vault.unconfirmed()],
    enrolHolder: () => [
      control.enrolHolder({
        holderId: 'gateway-2',
        publicKey: holder.publicKey.export({ type: 'spki', format: 'der' }),
      }),
    ],
    removeHolder: () => [control.removeHolder('gateway-1')],
    authenticateRows: () => [vault.authenticateRows(rowSet)],
    generateReadyKey: () => [
      vault.generateReadyKey('EC_prime256v1'),
      ...everyKey((each) =>
        vault.generatePrivateKey(
          each,
          'EC_prime256v1',
          context,
          { isExportable: true, ready },
          claim,
        ),
      ),
    ],
  } satisfies Record<OperationName, () => readonly Promise<unknown>[]>;

  const outcomes: Record<string, number> = {};
  for (const [operation, attempt] of Object.entries(attempts)) {
    const settled = await Promise.allSettled<unknown>(attempt());
    outcomes[operation] = settled.filter(({ status }) => status === 'fulfilled').length;
  }
  assert.partialDeepStrictEqual(outcomes, {
    decrypt: 0,
    decryptToRecipient: 0,
    enrolHolder: 0,
    exportPrivateKey: 0,
    reEncrypt: 0,
    removeHolder: 0,
    signCertificate: 0,
    signCrl: 0,
    signCsr: 0,
    signJws: 0,
    verifyHolder: 0,
  });
  const answers = Buffer.concat(said);
  assert.ok(answers.includes(ciphertext), 'every answer was heard');
  assert.deepEqual(formsIn(answers, planted.forms), []);
});
