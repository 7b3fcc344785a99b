import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import {
  DeleteCertificateCommand,
  ExportCertificateCommand,
  ImportCertificateCommand,
  RenewCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateKeyCommand, DecryptCommand, ReEncryptCommand } from '@aws-sdk/client-kms';
import { createZone, detailOf, issuedCertificate } from '../../issued.ts';
import { formsIn, keyForms, plantedKey, searchForms, secretForms } from '../../planted-key.ts';
import { hasProcessTable, processesOf, visiblePartsOf } from '../../process-table.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { startWorld, type World } from '../../world.ts';

// A certificate's private key is never stored, logged or sent in the clear: keys that are known are looked for
// wherever the real processes leave something behind.

let world: World;
let clients: Clients;
/** Of every key so far, and of the passphrases. */
const forms = new Map<string, Buffer>();

before(async () => {
  world = await startWorld();
  clients = clientsOf(world);
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

for (const type of ['rsa', 'ec'] as const) {
  test(`an imported ${type} key is nowhere in the clear, also when it was replaced and deleted`, async () => {
    const [first, second] = [plantedKey(type), plantedKey(type)];
    addForms(`first ${type}`, first.forms);
    addForms(`second ${type}`, second.forms);
    const material = ({ certificatePem, keyPem }: typeof first) => ({
      Certificate: certificatePem,
      PrivateKey: keyPem,
    });
    const { CertificateArn } = await clients.acm.send(
      new ImportCertificateCommand(material(first)),
    );
    await nothingIsFound();
    const old = ciphertextsOf(CertificateArn);
    await clients.acm.send(new ImportCertificateCommand({ ...material(second), CertificateArn }));
    await nothingIsFound();
    assert.deepEqual(stored(old), [], 'the replaced ciphertext is overwritten');
    const last = ciphertextsOf(CertificateArn);
    assert.deepEqual(stored(last), last.map(hexOf), 'the search finds what is there');
    await clients.acm.send(new DeleteCertificateCommand({ CertificateArn }));
    await nothingIsFound();
    assert.deepEqual(stored(last), [], 'the deleted ciphertext is overwritten');
  });
}

test('keys that are refused are nowhere in the clear either', async () => {
  const [one, other] = [plantedKey('rsa'), plantedKey('ec')];
  addForms('refused', one.forms);
  for (const PrivateKey of [
    one.keyPem,
    // Without its last lines; with a word before it; as bytes that are no PEM.
    one.keyPem.subarray(0, -100),
    Buffer.concat([Buffer.from('password: 1\n'), one.keyPem, one.keyPem]),
    createPrivateKey(one.keyPem).export({ type: 'pkcs8', format: 'der' }),
  ]) {
    await assert.rejects(
      clients.acm.send(
        new ImportCertificateCommand({ Certificate: other.certificatePem, PrivateKey }),
      ),
      { name: 'ValidationException' },
    );
  }
  // In the place of something that is kept.
  await assert.rejects(
    clients.acm.send(
      new ImportCertificateCommand({ Certificate: one.keyPem, PrivateKey: one.keyPem }),
    ),
  );
  await nothingIsFound();
});

test('keys that are made inside are nowhere in the clear, the renewed and deleted ones included', async () => {
  const zone = await createZone(clients, 'plain.test');
  for (const KeyAlgorithm of ['EC_prime256v1', 'RSA_2048'] as const) {
    const arn = await issuedCertificate(clients, zone, {
      DomainName: `${KeyAlgorithm.toLowerCase().replace('_', '-')}.plain.test`,
      KeyAlgorithm,
      Options: { Export: 'ENABLED' },
    });
    await learnKey(`made ${KeyAlgorithm}`, arn);
    await nothingIsFound();
    const old = ciphertextsOf(arn);
    const { Serial } = await detailOf(clients, arn);
    await clients.acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
    await until('it is renewed', 120, async () =>
      (await detailOf(clients, arn)).Serial === Serial ? undefined : true,
    );
    await learnKey(`renewed ${KeyAlgorithm}`, arn);
    await nothingIsFound();
    assert.deepEqual(stored(old), [], 'the key before the renewal is overwritten');
    const last = ciphertextsOf(arn);
    await clients.acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
    await nothingIsFound();
    assert.deepEqual(stored(last), []);
  }
});

test("ACM's ciphertexts are decrypted for nobody but an enrolled holder", async () => {
  const { certificatePem, keyPem } = plantedKey('ec');
  const { CertificateArn = '' } = await clients.acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
  const { LoadBalancers } = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: 'plain', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  await clients.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 18_443,
      Certificates: [{ CertificateArn }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    }),
  );
  const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
  const own = { 'aws:acm:arn': CertificateArn };
  const inUse = { ...own, 'aws:elasticloadbalancing:arn': LoadBalancerArn };
  const ciphertexts = ciphertextsOf(CertificateArn);
  assert.equal(ciphertexts.length, 2);
  for (const [at, CiphertextBlob] of ciphertexts.entries()) {
    const EncryptionContext = at === 0 ? own : inUse;
    const Recipient = {
      KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' as const,
      AttestationDocument: Buffer.alloc(700, 1),
    };
    for (const asked of [{}, { KeyId: 'alias/aws/acm' }, { Recipient }]) {
      await assert.rejects(
        clients.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...asked })),
        { name: 'AccessDeniedException' },
      );
    }
    await assert.rejects(
      clients.kms.send(
        new ReEncryptCommand({
          CiphertextBlob,
          SourceEncryptionContext: EncryptionContext,
          DestinationKeyId: KeyMetadata?.KeyId,
        }),
      ),
      { name: 'AccessDeniedException' },
    );
  }
});

test('nothing of them was logged, nor is it left when the processes have ended', async () => {
  await nothingIsFound();
  assert.equal(await world.stop(), 0);
  await nothingIsFound();
  assert.doesNotMatch(world.log(), /PRIVATE KEY|"level":"error"/);
});

/** Exports a key: from then on it is known, and so is the passphrase that may be nowhere either. */
async function learnKey(name: string, CertificateArn: string): Promise<void> {
  const passphrase = randomBytes(36).toString('base64url');
  addForms(`passphrase ${name}`, secretForms('text', Buffer.from(passphrase)));
  const { PrivateKey = '' } = await clients.acm.send(
    new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from(passphrase) }),
  );
  assert.match(PrivateKey, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  addForms(name, keyForms(createPrivateKey({ key: PrivateKey, passphrase })));
}

function addForms(name: string, more: ReadonlyMap<string, Buffer>): void {
  for (const [form, content] of more) forms.set(`${name} ${form}`, content);
}

/** In the data folder, in the logs, and in what the system shows of each process. */
async function nothingIsFound(): Promise<void> {
  const { bytes, found } = searchForms(world.dataDirectory, forms);
  assert.ok(bytes > 100_000);
  assert.deepEqual(found, []);
  assert.deepEqual(formsIn(Buffer.from(world.log()), forms), []);
  if (!hasProcessTable) return;
  for (const pid of [world.pid, ...processesOf(world.pid).values()])
    assert.deepEqual(formsIn(visiblePartsOf(pid), forms), []);
}

/** The certificate's own, then those of its uses. */
function ciphertextsOf(arn = ''): Buffer[] {
  using database = new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { readOnly: true });
  const rows = ['acm_material', 'acm_association'].flatMap((table) =>
    database.prepare(`SELECT ciphertext FROM ${table} WHERE certificate_arn = ?`).all(arn),
  );
  assert.ok(rows.length > 0);
  return rows.map(({ ciphertext }) => Buffer.from(ciphertext as Uint8Array));
}

/** Which of the ciphertexts are in a file of the data folder, by their last bytes. */
function stored(ciphertexts: readonly Buffer[]): string[] {
  const ends = new Map(ciphertexts.map((each) => [hexOf(each), each.subarray(-24)]));
  return searchForms(world.dataDirectory, ends).found.map((text) => text.split(' ')[0] ?? '');
}

function hexOf(ciphertext: Buffer): string {
  return ciphertext.toString('hex');
}
