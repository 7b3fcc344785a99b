import type { Call } from '../../aws/call.ts';
import type { Certificate } from './domain/certificate.ts';
import type { AcmPorts } from './ports.ts';

/** Before another certificate takes the place of this one, which goes on to hold; those that have ended are dropped. */
export async function keepFormerCertificate(
  certificate: Certificate,
  call: Call,
  { reader, writer }: Pick<AcmPorts, 'reader' | 'writer'>,
): Promise<void> {
  const now = call.clock.now().epochMilliseconds;
  for (const former of await reader.formerCertificates(certificate))
    if (Number(former.not_after) <= now) writer.former.drop(call.change, former);
  const material = await reader.material(certificate);
  const { account, region, arn, leaf } = certificate;
  if (material === undefined || leaf === undefined) return;
  writer.former.keep(call.change, {
    account,
    region,
    certificate_arn: arn,
    serial: leaf.serial,
    not_after: leaf.notAfter.epochMilliseconds,
    certificate_pem: material.certificate_pem,
  });
}

/** PEM of all that was issued under the ARN and still holds. */
export async function validCertificates(
  certificate: Certificate,
  now: Temporal.Instant,
  { reader }: Pick<AcmPorts, 'reader'>,
): Promise<readonly string[]> {
  const former = await reader.formerCertificates(certificate);
  const material = await reader.material(certificate);
  return [
    ...former
      .filter(({ not_after }) => Number(not_after) > now.epochMilliseconds)
      .map(({ certificate_pem }) => certificate_pem),
    ...(material === undefined ? [] : [material.certificate_pem]),
  ];
}
