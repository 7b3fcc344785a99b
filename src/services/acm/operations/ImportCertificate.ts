import { VaultRefusal } from '../../../vault-client/vault.ts';
import { faultPoint } from '../../../lib/fault-points.ts';
import { reveal, Secret } from '../../../lib/secret.ts';
import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { reEncryptAssociations } from '../associations.ts';
import { authorizedCertificate, newCertificateArn } from '../arn.ts';
import { anyCertificate, authorize } from '../authorization.ts';
import { certificateContext } from '../context.ts';
import { announcementStart, available } from '../domain/events.ts';
import { reimported, type Certificate } from '../domain/certificate.ts';
import { reimportRefusal } from '../domain/reimport.ts';
import {
  InvalidParameterException,
  ResourceNotFoundException,
  ValidationException,
} from '../errors.ts';
import type { ImportCertificateRequest, ImportCertificateResponse } from '../model.ts';
import type { AcmPorts, ImportedCertificate } from '../ports.ts';
import type { MaterialTable } from '../schema.ts';
import { checkedTags } from '../tagging.ts';

export const ImportCertificate = operation<
  ImportCertificateRequest,
  ImportCertificateResponse,
  AcmPorts
>('ImportCertificate', async (input, call, ports) => {
  const arn =
    input.CertificateArn === undefined
      ? await importNew(input, call, ports)
      : await reimport(input, input.CertificateArn, call, ports);
  return { CertificateArn: arn };
});

async function importNew(
  input: ImportCertificateRequest,
  call: Call,
  ports: AcmPorts,
): Promise<string> {
  await authorize(call, 'acm:ImportCertificate', anyCertificate(call), { requestTags: input.Tags });
  if (input.Tags !== undefined) {
    await authorize(call, 'acm:AddTagsToCertificate', anyCertificate(call), {
      requestTags: input.Tags,
    });
  }
  const tags = checkedTags(new Map(), input.Tags ?? []);
  const now = call.clock.now().round('millisecond');
  const imported = ports.x509.checkImport({
    certificate: input.Certificate,
    chain: input.CertificateChain,
    now,
  });
  const { account, region } = call;
  const certificate: Certificate = {
    account,
    region,
    arn: newCertificateArn(call),
    type: 'IMPORTED',
    status: 'ISSUED',
    domainName: imported.domainName,
    names: imported.names,
    keyAlgorithm: imported.keyAlgorithm,
    transparency: 'DISABLED',
    exportOption: 'DISABLED',
    createdAt: now,
    importedAt: now,
    validations: [],
    leaf: imported.leaf,
    associationCount: 0,
    revision: 1,
    version: 1,
  };
  await ports.keys.ensureManagedKey(call.via('acm.amazonaws.com'));
  const material = await takeKey(input, imported, certificate.arn, call, ports);
  ports.writer.insert(call.change, certificate);
  ports.writer.keepMaterial(call.change, material);
  for (const [key, value] of tags)
    ports.writer.setTag(call.change, call, certificate.arn, key, value);
  followToItsEnd(certificate, imported.leaf.notAfter, call, ports);
  ports.events.tell(call, certificate, available(certificate, 'IMPORT', now));
  call.audit.resource({ type: 'AWS::ACM::Certificate', arn: certificate.arn });
  return certificate.arn;
}

async function reimport(
  input: ImportCertificateRequest,
  text: string,
  call: Call,
  ports: AcmPorts,
): Promise<string> {
  const certificate = await importedCertificate(text, call, ports);
  if (input.Tags !== undefined)
    throw new InvalidParameterException(
      'Tags cannot be given when a certificate is imported again.',
    );
  const now = call.clock.now().round('millisecond');
  const imported = ports.x509.checkImport({
    certificate: input.Certificate,
    chain: input.CertificateChain,
    now,
  });
  const refusal = reimportRefusal(certificate, imported);
  if (refusal !== undefined) throw new ValidationException(refusal);
  const material = await takeKey(input, imported, certificate.arn, call, ports);
  const { domainName, names, leaf } = imported;
  const next = reimported(certificate, { domainName, names, leaf }, now);
  ports.writer.update(call.change, certificate, next);
  ports.writer.keepMaterial(call.change, material);
  call.change.shred();
  await reEncryptAssociations(certificate, material, call, ports);
  followToItsEnd(certificate, leaf.notAfter, call, ports);
  ports.events.tell(call, next, available(next, 'REIMPORT', now));
  return certificate.arn;
}

function followToItsEnd(
  certificate: Certificate,
  notAfter: Temporal.Instant,
  { change }: Call,
  { writer: { jobs } }: AcmPorts,
): void {
  jobs.schedule(change, certificate, 'expire-certificate', notAfter);
  jobs.schedule(change, certificate, 'announce-expiry', announcementStart(notAfter));
}

async function importedCertificate(
  text: string,
  call: Call,
  { reader }: AcmPorts,
): Promise<Certificate> {
  try {
    const certificate = await authorizedCertificate(call, reader, 'acm:ImportCertificate', text);
    if (certificate.type === 'IMPORTED') return certificate;
  } catch (error) {
    // At reimport AWS leaves the account out of the text.
    if (error instanceof ResourceNotFoundException)
      throw new ResourceNotFoundException(`Could not find certificate ${text}.`);
    throw error;
  }
  throw new ValidationException(
    `The certificate ${text} was not imported and cannot be imported again.`,
  );
}

/** The private key goes to the vault as a copy, which its client overwrites: the call may have to run again. */
async function takeKey(
  input: ImportCertificateRequest,
  imported: ImportedCertificate,
  arn: string,
  call: Call,
  { keys }: AcmPorts,
): Promise<MaterialTable> {
  const pem = new Secret(Uint8Array.from(reveal(input.PrivateKey as unknown as Secret)));
  try {
    const { ciphertext, keyArn } = await keys.importPrivateKey(
      call.as(`acm.${call.region}.amazonaws.com`),
      {
        pem,
        publicKey: imported.publicKey,
        context: certificateContext(arn),
      },
    );
    faultPoint('import.taken');
    return {
      account: call.account,
      region: call.region,
      certificate_arn: arn,
      certificate_pem: imported.certificatePem,
      chain_pem: imported.chainPem ?? null,
      ciphertext,
      kms_key_arn: keyArn,
    };
  } catch (error) {
    throw error instanceof VaultRefusal ? keyRefusal(error) : error;
  } finally {
    pem[Symbol.dispose]();
  }
}

function keyRefusal(refusal: VaultRefusal): Error {
  switch (refusal.reason) {
    case 'private-key-malformed':
      return new ValidationException('The private key is not PEM-encoded or is not valid.');
    case 'private-key-encrypted':
      return new ValidationException(
        'The private key is encrypted. Please provide an unencrypted private key.',
      );
    case 'private-key-unsupported':
      return new ValidationException('The private key type or size is not supported.');
    case 'private-key-mismatch':
      return new ValidationException(
        'The private key does not match the public key of the certificate.',
      );
    default:
      return refusal;
  }
}
