import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListSigningCertificatesRequest, ListSigningCertificatesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** They sign requests of SOAP, which nothing here speaks. */
export const ListSigningCertificates = operation<
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  IamPorts
>('ListSigningCertificates', async (input, call, ports) => {
  await authorizedUser(call, ports, 'iam:ListSigningCertificates', input.UserName);
  return { Certificates: [], IsTruncated: false };
});
