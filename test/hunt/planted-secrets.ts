import { Resolver } from 'node:dns/promises';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { ExportCertificateCommand, ImportCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { isServed, type TlsClient } from '../../tools/demo/tls-client.ts';
import { createZone, issuedCertificate } from '../issued.ts';
import { freePort } from '../loopback.ts';
import { keyForms, plantedKey, secretForms, type SecretForms } from '../planted-key.ts';
import type { Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import type { World } from '../world.ts';

/** Secrets of a kind as one. */
export function together(...parts: readonly SecretForms[]): SecretForms {
  return new Map(
    parts.flatMap((forms, at) =>
      [...forms].map(([name, form]) => [`${at} ${name}`, form] as const),
    ),
  );
}

export interface ImportedKey {
  readonly arn: string;
  readonly certificatePem: Buffer;
  readonly forms: SecretForms;
}

export async function importKey({ acm }: Clients, type: 'rsa' | 'ec'): Promise<ImportedKey> {
  const { certificatePem, keyPem, forms } = plantedKey(type);
  const { CertificateArn = '' } = await acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
  return { arn: CertificateArn, certificatePem, forms };
}

/** Key pairs that the vault makes, known by their export; and the passphrases. */
export async function exportedKeys(
  clients: Clients,
): Promise<{ keys: SecretForms; passphrases: SecretForms }> {
  const zone = await createZone(clients, 'made.test');
  const keys: SecretForms[] = [];
  const passphrases: SecretForms[] = [];
  for (const KeyAlgorithm of ['EC_prime256v1', 'EC_secp384r1', 'RSA_2048'] as const) {
    const DomainName = `${KeyAlgorithm.toLowerCase().replace('_', '-')}.made.test`;
    const Options = { Export: 'ENABLED' } as const;
    const input = { DomainName, KeyAlgorithm, Options };
    const CertificateArn = await issuedCertificate(clients, zone, input);
    const passphrase = randomBytes(36).toString('base64url');
    const { PrivateKey: key = '' } = await clients.acm.send(
      new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from(passphrase) }),
    );
    keys.push(keyForms(createPrivateKey({ key, passphrase })));
    passphrases.push(secretForms('text', Buffer.from(passphrase)));
  }
  return { keys: together(...keys), passphrases: together(...passphrases) };
}

/** What a customer's own KMS key encrypted, decrypted and made. */
export async function kmsPlaintexts({ kms }: Clients): Promise<SecretForms> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  const given = randomBytes(48);
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: given }));
  await kms.send(new DecryptCommand({ CiphertextBlob }));
  const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  return together(
    secretForms('given', given),
    secretForms('data key', Buffer.from(made.Plaintext ?? [])),
  );
}

/** A listener for each; resolves when all are served. */
export async function serve(
  { elb }: Clients,
  world: World,
  keys: readonly ImportedKey[],
): Promise<readonly TlsClient[]> {
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'hunted', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${world.dnsPort}`]);
  const [host = ''] = await resolver.resolve4(DNSName);
  const served: TlsClient[] = [];
  for (const { arn, certificatePem } of keys) {
    const port = await freePort();
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Protocol: 'HTTPS',
        Port: port,
        Certificates: [{ CertificateArn: arn }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      }),
    );
    const tls = { host, port, servername: 'planted.demo.test', ca: certificatePem.toString() };
    await until('it is served', 120, async () =>
      (await isServed(tls, 'TLSv1.3')) ? true : undefined,
    );
    served.push(tls);
  }
  return served;
}

/** Takes away all grants of ACM, and waits until nothing is served. */
export async function revoke({ kms }: Clients, served: readonly TlsClient[]): Promise<void> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  const KeyId = Aliases.find(({ AliasName }) => AliasName === 'alias/aws/acm')?.TargetKeyId;
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId }));
  for (const { Name, GrantId } of Grants)
    if (Name === 'IssuedThroughACM') await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
  for (const tls of served)
    await until('it is refused', 120, async () =>
      (await isServed(tls, 'TLSv1.3')) ? undefined : true,
    );
}
