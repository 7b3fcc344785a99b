import { formatArn, parseArn } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { authorize } from './authorization.ts';
import type { Certificate } from './domain/certificate.ts';
import { InvalidArnException, ResourceNotFoundException } from './errors.ts';
import type { AcmReader } from './store.ts';

export function newCertificateArn(call: Call): string {
  return formatArn({
    service: 'acm',
    region: call.region,
    account: call.account,
    resource: `certificate/${call.random.uuid()}`,
  });
}

/** @throws InvalidArnException when it is no certificate's */
export function certificateArn(text: string): string {
  const arn = parseArn(text);
  if (arn?.service !== 'acm' || !/^certificate\/[A-Za-z0-9-]+$/.test(arn.resource)) {
    throw new InvalidArnException(`The ARN ${text} is not the ARN of a certificate.`);
  }
  return text;
}

/**
 * The certificate that a call names, once the caller may do `action` on it; who may not learns nothing
 * of whether it exists.
 * @throws InvalidArnException, ResourceNotFoundException, access-denied
 */
export async function authorizedCertificate(
  call: Call,
  reader: AcmReader,
  action: string,
  text: string,
  context: (
    certificate: Certificate | undefined,
  ) => Readonly<Record<string, string | readonly string[]>> = () => ({}),
): Promise<Certificate> {
  const arn = certificateArn(text);
  const certificate = await reader.certificate(call, arn);
  const tags = certificate === undefined ? new Map<string, string>() : await reader.tags(call, arn);
  await authorize(call, action, arn, { resourceTags: tags, context: context(certificate) });
  call.audit.resource({ type: 'AWS::ACM::Certificate', arn });
  if (certificate === undefined) throw notFound(call, arn);
  return certificate;
}

export function notFound(call: Call, arn: string): ResourceNotFoundException {
  return new ResourceNotFoundException(
    `Could not find certificate ${arn} in account ${call.account}.`,
  );
}
