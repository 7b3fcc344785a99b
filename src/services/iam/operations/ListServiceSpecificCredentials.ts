import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../subjects.ts';
import type {
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** They are for services that are not here. */
export const ListServiceSpecificCredentials = operation<
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  IamPorts
>('ListServiceSpecificCredentials', async (input, call, ports) => {
  await authorizedUser(call, ports, 'iam:ListServiceSpecificCredentials', input.UserName);
  return { ServiceSpecificCredentials: [], IsTruncated: false };
});
