import type { Call } from '../../aws/call.ts';
import { notFound } from './arn.ts';
import { associationContext, certificateContext } from './context.ts';
import type { Certificate } from './domain/certificate.ts';
import { UnfitForAssociation } from './errors.ts';
import type { KeyAlgorithm } from './model.ts';
import type { AcmPorts } from './ports.ts';
import type { AssociationTable, MaterialTable } from './schema.ts';
import { faultPoint } from '../../lib/fault-points.ts';

/** Which certificate is for which resource. */
interface Use {
  readonly certificateArn: string;
  /** For example a load balancer's: what InUseBy shows. */
  readonly resourceArn: string;
  /** For example `aws:elasticloadbalancing:arn`. */
  readonly contextKey: string;
}

interface AssociationRequest extends Use {
  /** Of keys that the service does not take, though ACM does. */
  readonly refusedKeyAlgorithms: readonly KeyAlgorithm[];
}

/** The door for services that use certificates. Its methods add to `call.change` and read nothing back of it. */
export interface Associations {
  /**
   * Makes the resource's own ciphertext of the private key, and the grant under which it may be decrypted,
   * on the caller's behalf. An association that is there stays as it is, with a new grant if its own was
   * taken away.
   * @throws ResourceNotFoundException when the caller's account has no such certificate in this Region
   * @throws UnfitForAssociation when it is not ISSUED, or of a refused key algorithm
   * @throws access-denied when the caller may not create the grant
   */
  associate(call: Call, request: AssociationRequest): Promise<void>;
  /** Retires the grant and forgets the association; nothing happens when there is none. To be called when the last use by the resource ends. */
  disassociate(call: Call, request: Pick<Use, 'certificateArn' | 'resourceArn'>): Promise<void>;
  /** What the resource serves with, in the order of the ARNs. `revision` grows with each change of one of them. */
  materialFor(resourceArn: string): Promise<readonly Material[]>;
}

interface Material {
  readonly certificateArn: string;
  readonly certificatePem: string;
  readonly chainPem: string | undefined;
  /** Of the private key, for `kms:Decrypt` with both ARNs as context. */
  readonly ciphertext: Uint8Array;
  readonly kmsKeyArn: string;
  readonly grantId: string;
  readonly revision: number;
}

export function associationsDoor(ports: AcmPorts): Associations {
  return {
    associate: (call, request) => associate(call, request, ports),
    disassociate: (call, request) => disassociate(call, request, ports),
    materialFor: async (resourceArn) =>
      (await ports.reader.materialOf(resourceArn)).map((row) => ({
        certificateArn: row.certificate_arn,
        certificatePem: row.material.certificate_pem,
        chainPem: row.material.chain_pem ?? undefined,
        ciphertext: row.ciphertext,
        kmsKeyArn: row.kms_key_arn,
        grantId: row.grant_id,
        revision: row.revision,
      })),
  };
}

async function associate(call: Call, request: AssociationRequest, ports: AcmPorts): Promise<void> {
  const { reader, writer, keys } = ports;
  const { certificateArn, resourceArn, contextKey } = request;
  const certificate = await reader.certificate(call, certificateArn);
  if (certificate === undefined) throw notFound(call, certificateArn);
  const material = await reader.material(certificate);
  if (certificate.status !== 'ISSUED' || material === undefined)
    throw new UnfitForAssociation(certificateArn, 'is not issued');
  if (request.refusedKeyAlgorithms.includes(certificate.keyAlgorithm))
    throw new UnfitForAssociation(certificateArn, 'has a key that is refused');
  const old = (await reader.associations(certificate)).find(
    (each) => each.resource_arn === resourceArn,
  );
  if (old !== undefined && (await keys.grantExists(old.kms_key_arn, old.grant_id))) return;
  const grantId = await createGrant(call, request, old?.kms_key_arn ?? material.kms_key_arn, ports);
  faultPoint('association.granted');
  if (old === undefined) {
    const ciphertext = await reEncrypt(call, material, request, ports);
    writer.associate(call.change, certificate, {
      resource_arn: resourceArn,
      context_key: contextKey,
      ciphertext,
      kms_key_arn: material.kms_key_arn,
      grant_id: grantId,
    });
  } else {
    writer.replaceAssociation(call.change, old, { grant_id: grantId });
  }
  ports.materialChanged(call.change, resourceArn);
}

async function disassociate(
  call: Call,
  request: Pick<Use, 'certificateArn' | 'resourceArn'>,
  ports: AcmPorts,
): Promise<void> {
  const { account, region } = call;
  const certificate = { account, region, arn: request.certificateArn };
  const old = (await ports.reader.associations(certificate)).find(
    (each) => each.resource_arn === request.resourceArn,
  );
  if (old === undefined) return;
  // The grant may have been revoked by hand: then there is nothing left to retire.
  if (await ports.keys.grantExists(old.kms_key_arn, old.grant_id)) {
    await ports.keys.retireGrant(call.as(acmPrincipal(call)), {
      keyArn: old.kms_key_arn,
      grantId: old.grant_id,
    });
  }
  faultPoint('disassociation.retired');
  ports.writer.disassociate(call.change, old);
  ports.materialChanged(call.change, request.resourceArn);
}

/**
 * After a renewal or reimport: every resource gets the new key under the grant that it has. Holds only if none comes or
 * goes meanwhile.
 */
export async function reEncryptAssociations(
  certificate: Certificate,
  material: MaterialTable,
  call: Call,
  ports: AcmPorts,
): Promise<void> {
  const { reader, writer } = ports;
  const version = await reader.associationVersion(certificate);
  if (version === undefined) throw notFound(call, certificate.arn);
  writer.requireAssociationVersion(call.change, certificate, version);
  for (const old of await reader.associations(certificate)) {
    const ciphertext = await reEncrypt(call, material, useOf(old), ports);
    writer.replaceAssociation(call.change, old, { ciphertext });
    faultPoint('reassociation.of-one-use');
    ports.materialChanged(call.change, old.resource_arn);
  }
}

async function createGrant(
  call: Call,
  request: Use,
  keyArn: string,
  { keys }: AcmPorts,
): Promise<string> {
  const { grantId } = await keys.createGrant(call.via('acm.amazonaws.com'), {
    keyArn,
    name: 'IssuedThroughACM',
    granteePrincipal: 'tlsconnectionmanager.amazonaws.com',
    retiringPrincipal: acmPrincipal(call),
    operations: ['Decrypt'],
    encryptionContextEquals: associationContext(
      request.certificateArn,
      request.contextKey,
      request.resourceArn,
    ),
  });
  return grantId;
}

async function reEncrypt(call: Call, material: MaterialTable, request: Use, { keys }: AcmPorts) {
  const { ciphertext } = await keys.reEncryptPrivateKey(call.as(acmPrincipal(call)), {
    keyArn: material.kms_key_arn,
    ciphertext: material.ciphertext,
    from: certificateContext(request.certificateArn),
    to: associationContext(request.certificateArn, request.contextKey, request.resourceArn),
  });
  return ciphertext;
}

function useOf(row: AssociationTable): Use {
  return {
    certificateArn: row.certificate_arn,
    resourceArn: row.resource_arn,
    contextKey: row.context_key,
  };
}

function acmPrincipal(call: Call): string {
  return `acm.${call.region}.amazonaws.com`;
}
