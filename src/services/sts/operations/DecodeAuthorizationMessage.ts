import { operation } from '../../../aws/operation.ts';
import { InvalidAuthorizationMessageException } from '../errors.ts';
import type {
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
} from '../model.ts';
import type { StsPorts } from '../ports.ts';

/** None of the services here encodes its denials, as ACM and KMS of AWS do not: so there is no message that is valid. */
export const DecodeAuthorizationMessage = operation<
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
  StsPorts
>('DecodeAuthorizationMessage', async (_input, call) => {
  await call.authorize('sts:DecodeAuthorizationMessage', '*');
  throw new InvalidAuthorizationMessageException();
});
