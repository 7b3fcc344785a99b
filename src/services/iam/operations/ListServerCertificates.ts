import { operation } from '../../../aws/operation.ts';
import type { ListServerCertificatesRequest, ListServerCertificatesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** Certificates are ACM’s here. */
export const ListServerCertificates = operation<
  ListServerCertificatesRequest,
  ListServerCertificatesResponse,
  IamPorts
>('ListServerCertificates', async (_input, call) => {
  await call.authorize('iam:ListServerCertificates', '*');
  return { ServerCertificateMetadataList: [], IsTruncated: false };
});
