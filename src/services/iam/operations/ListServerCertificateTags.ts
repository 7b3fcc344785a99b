import { operation } from '../../../aws/operation.ts';
import { iamArn } from '../arn.ts';
import { NoSuchEntityException } from '../errors.ts';
import type {
  ListServerCertificateTagsRequest,
  ListServerCertificateTagsResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** There is none that could have tags. */
export const ListServerCertificateTags = operation<
  ListServerCertificateTagsRequest,
  ListServerCertificateTagsResponse,
  IamPorts
>('ListServerCertificateTags', async (input, call) => {
  await call.authorize(
    'iam:ListServerCertificateTags',
    iamArn(call.account, `server-certificate/${input.ServerCertificateName}`),
  );
  throw new NoSuchEntityException(
    `The Server Certificate with name ${input.ServerCertificateName} cannot be found.`,
  );
});
