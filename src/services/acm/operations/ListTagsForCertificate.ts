import { operation } from '../../../aws/operation.ts';
import { authorizedCertificate } from '../arn.ts';
import type { ListTagsForCertificateRequest, ListTagsForCertificateResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const ListTagsForCertificate = operation<
  ListTagsForCertificateRequest,
  ListTagsForCertificateResponse,
  AcmPorts
>('ListTagsForCertificate', async (input, call, { reader }) => {
  const certificate = await authorizedCertificate(
    call,
    reader,
    'acm:ListTagsForCertificate',
    input.CertificateArn,
  );
  const tags = await reader.tags(call, certificate.arn);
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
});
