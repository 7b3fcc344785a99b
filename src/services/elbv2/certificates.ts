import type { Call } from '../../aws/call.ts';
import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { CertificateNotFound, UnsupportedCertificate, ValidationError } from './errors.ts';
import type { Associations, Elbv2Ports } from './ports.ts';

/** ACM imports them, load balancers take none. @see ELB User Guide, "SSL certificates for your load balancer" */
const refusedKeyAlgorithms = ['RSA_1024'] as const;

/**
 * Associates a certificate with a load balancer, whichever of its listeners use it. Where it is associated
 * already nothing changes, unless its grant was taken away: then there is a new one.
 * @throws ValidationError, CertificateNotFound, UnsupportedCertificate, access-denied
 */
export async function associate(
  call: Call,
  { associations }: Pick<Elbv2Ports, 'associations'>,
  certificateArn: string,
  resourceArn: string,
): Promise<void> {
  const arn = parseArn(certificateArn);
  if (arn === undefined || !['acm', 'iam'].includes(arn.service))
    throw new ValidationError(`Certificate ARN '${certificateArn.slice(0, 256)}' is not valid`);
  // Server certificates of IAM, and certificates of other accounts and Regions, are never found.
  if (arn.service !== 'acm' || arn.account !== call.account || arn.region !== call.region)
    throw notFound(certificateArn);
  try {
    await associations.associate(call, {
      certificateArn,
      resourceArn,
      contextKey: 'aws:elasticloadbalancing:arn',
      refusedKeyAlgorithms,
    });
  } catch (error) {
    throw inOurTerms(error, certificateArn);
  }
}

export function disassociate(
  call: Call,
  { associations }: { associations: Associations },
  certificateArn: string,
  resourceArn: string,
): Promise<void> {
  return associations.disassociate(call, { certificateArn, resourceArn });
}

function inOurTerms(error: unknown, certificateArn: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof AwsError && error.code === 'ResourceNotFoundException')
    return notFound(certificateArn);
  if (error.name === 'UnfitForAssociation')
    return new UnsupportedCertificate(
      `The certificate '${certificateArn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
  return error;
}

function notFound(certificateArn: string): CertificateNotFound {
  return new CertificateNotFound(`Certificate '${certificateArn.slice(0, 256)}' not found`);
}
