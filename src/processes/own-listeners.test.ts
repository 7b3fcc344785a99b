import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnListener } from './own-listeners.ts';
import { serveSettings } from './settings.ts';

for (const [listen, address, port, expected] of [
  ['127.0.0.1:4566', '127.0.0.1', 4566, true],
  ['127.0.0.1:4566', '127.0.0.1', 4567, false],
  ['127.0.0.1:4566', '10.0.0.1', 4566, false],
  ['0.0.0.0:4566', '10.0.0.1', 4566, true],
  ['[::]:4566', '127.0.0.1', 4566, true],
  ['[0:0:0:0:0:0:0:1]:4566', '::1', 4566, true],
  ['localhost:4566', '127.0.0.1', 4566, true],
  ['localhost:4566', '::1', 4566, true],
  ['api.corp.example:4566', '10.0.0.1', 4566, true],
  ['api.corp.example:4566', '10.0.0.1', 80, false],
] as const) {
  test(`a target at ${address} port ${port} is ${expected ? '' : 'not '}the API that listens on ${listen}`, () => {
    assert.equal(isOwnListener(serveSettings(['--listen', listen]), address, port), expected);
  });
}

test('the DNS server, the plain listener and that of metrics are ours, too', () => {
  const ports = ['--dns', '127.0.0.1:4553', '--http', '127.0.0.1:4580'];
  const settings = serveSettings([...ports, '--metrics', '127.0.0.1:9100']);
  assert.ok(isOwnListener(settings, '127.0.0.1', 9100));
  assert.ok(!isOwnListener(serveSettings(ports), '127.0.0.1', 9100));
  assert.ok(isOwnListener(settings, '127.0.0.1', 4553));
  assert.ok(isOwnListener(settings, '127.0.0.1', 4580));
});
