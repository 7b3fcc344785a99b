import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import { ValidationException } from '../errors.ts';
import { fingerprint, liveToken } from '../idempotency.ts';
import type { PutAccountConfigurationRequest } from '../model.ts';
import type { AcmPorts } from '../ports.ts';

export const PutAccountConfiguration = operation<PutAccountConfigurationRequest, void, AcmPorts>(
  'PutAccountConfiguration',
  async (input, call, { reader, writer }) => {
    await authorize(call, 'acm:PutAccountConfiguration', '*');
    const days = input.ExpiryEvents?.DaysBeforeExpiry;
    if (days === undefined) throw new ValidationException('Configuration for events is empty.');
    const parameters = fingerprint('PutAccountConfiguration', input);
    if ((await liveToken(call, reader, input.IdempotencyToken, parameters)) !== undefined) return;
    writer.keepToken(
      call.change,
      call,
      { token: input.IdempotencyToken, parameters, certificate_arn: '' },
      call.clock.now(),
    );
    writer.setDaysBeforeExpiry(call.change, call, days);
  },
);
