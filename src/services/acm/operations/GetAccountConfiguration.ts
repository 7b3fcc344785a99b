import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import type { GetAccountConfigurationResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

/** When nobody said otherwise. */
const daysBeforeExpiry = 45;

export const GetAccountConfiguration = operation<
  unknown,
  GetAccountConfigurationResponse,
  AcmPorts
>('GetAccountConfiguration', async (_input, call, { reader }) => {
  await authorize(call, 'acm:GetAccountConfiguration', '*');
  return {
    ExpiryEvents: { DaysBeforeExpiry: (await reader.daysBeforeExpiry(call)) ?? daysBeforeExpiry },
  };
});
