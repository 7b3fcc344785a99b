import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import { describe } from '../domain/description.ts';
import type { DescribeCertificateRequest, DescribeCertificateResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const DescribeCertificate = operation<
  DescribeCertificateRequest,
  DescribeCertificateResponse,
  AcmPorts
>('DescribeCertificate', async (input, call, { reader }) => {
  const certificate = await authorizedCertificate(
    call,
    reader,
    'acm:DescribeCertificate',
    input.CertificateArn,
  );
  return { Certificate: describe(certificate, await reader.inUseBy(certificate)) };
});
