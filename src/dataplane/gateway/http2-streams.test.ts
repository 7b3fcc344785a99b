import { test } from 'node:test';
import {
  block,
  code,
  flag,
  frame,
  get,
  integer,
  literal,
  number,
  post,
  request,
  type,
  whole,
} from './test-frames.ts';
import { answered, connectionError, judgeStreams, streamError } from './test-stream-cases.ts';
import type { StreamCases } from './test-stream-cases.ts';

const smuggled = block(
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'shop.test'],
  [':path', '/smuggled'],
);

/** What a client sends after its preface, and what may become of stream 1. */
const cases: StreamCases = {
  '§4.1, frames': {
    'a type that nobody knows': [[frame(0x16, 0, 0, Buffer.alloc(8)), get(1)], answered],
    'flags that nobody knows': [[frame(type.ping, 0xfe, 0, Buffer.alloc(8)), get(1)], answered],
    'the reserved bit': [[frame(type.headers, whole, 0x80_00_00_01, request())], answered],
  },
  '§4.2, sizes': {
    'DATA above the maximum': [
      [post(1), frame(type.data, flag.endStream, 1, Buffer.alloc(16_385))],
      streamError(code.frameSize),
    ],
    'HEADERS above the maximum': [
      [frame(type.headers, whole, 1, Buffer.concat([request(), Buffer.alloc(16_385)]))],
      connectionError(code.frameSize),
    ],
    'PING that is too short': [
      [frame(type.ping, 0, 0, Buffer.alloc(6))],
      connectionError(code.frameSize),
    ],
    'PRIORITY that is too short': [
      [post(1), frame(type.priority, 0, 1, Buffer.alloc(4))],
      streamError(code.frameSize),
    ],
    'RST_STREAM that is too short': [
      [post(1), frame(type.rstStream, 0, 1, Buffer.alloc(3))],
      connectionError(code.frameSize),
    ],
    'WINDOW_UPDATE that is too short': [
      [frame(type.windowUpdate, 0, 0, Buffer.alloc(3))],
      connectionError(code.frameSize),
    ],
    'SETTINGS of half a setting': [
      [frame(type.settings, 0, 0, Buffer.alloc(3))],
      connectionError(code.frameSize),
    ],
    'an acknowledgement of SETTINGS that says something': [
      [frame(type.settings, flag.ack, 0, Buffer.alloc(6))],
      connectionError(code.frameSize),
    ],
  },
  '§4.3, field blocks': {
    'PRIORITY within one': [
      [
        frame(type.headers, flag.endStream, 1, request()),
        frame(type.priority, 0, 1, Buffer.alloc(5)),
        frame(type.continuation, flag.endHeaders, 1),
      ],
      connectionError(code.protocol),
    ],
    'another stream’s HEADERS within one': [
      [frame(type.headers, flag.endStream, 1, request()), get(3)],
      connectionError(code.protocol),
    ],
    'a type that nobody knows within one': [
      [
        frame(type.headers, flag.endStream, 1, request()),
        frame(0x16, 0, 0),
        frame(type.continuation, flag.endHeaders, 1),
      ],
      connectionError(code.protocol),
    ],
    'the index 0': [
      [frame(type.headers, whole, 1, Buffer.concat([request(), Buffer.from([0x80])]))],
      connectionError(code.compression),
    ],
    'an index beyond the tables': [
      [frame(type.headers, whole, 1, Buffer.concat([request(), integer(4_000, 7, 0x80)]))],
      connectionError(code.compression),
    ],
    'an index of more than 32 bits': [
      [
        frame(
          type.headers,
          whole,
          1,
          Buffer.concat([request(), Buffer.from('ffffffffffffffffff7f', 'hex')]),
        ),
      ],
      connectionError(code.compression),
    ],
    'a text that is longer than the block': [
      [
        frame(
          type.headers,
          whole,
          1,
          Buffer.concat([request(), Buffer.from([0]), integer(1_000, 7, 0)]),
        ),
      ],
      connectionError(code.compression),
    ],
    'a table larger than was allowed': [
      [frame(type.headers, whole, 1, Buffer.concat([integer(1_000_000, 5, 0x20), request()]))],
      connectionError(code.compression),
    ],
    'a new size of the table at the end': [
      [frame(type.headers, whole, 1, Buffer.concat([request(), Buffer.from([0x20])]))],
      connectionError(code.compression),
    ],
    'Huffman’s code with padding of zeros': [
      [
        frame(
          type.headers,
          whole,
          1,
          Buffer.concat([request(), Buffer.from([0]), literal('x'), Buffer.from([0x81, 0x18])]),
        ),
      ],
      connectionError(code.compression),
    ],
    'Huffman’s code with the end of the text in it': [
      [
        frame(
          type.headers,
          whole,
          1,
          Buffer.concat([
            request(),
            Buffer.from([0]),
            literal('x'),
            Buffer.from('84ffffffff', 'hex'),
          ]),
        ),
      ],
      connectionError(code.compression),
    ],
  },
  '§5.1, states of streams': {
    'DATA on an idle one': [
      [frame(type.data, flag.endStream, 1, Buffer.alloc(1))],
      connectionError(code.protocol),
    ],
    'RST_STREAM on an idle one': [
      [frame(type.rstStream, 0, 1, number(code.cancel))],
      connectionError(code.protocol),
    ],
    'WINDOW_UPDATE on an idle one': [
      [frame(type.windowUpdate, 0, 1, number(100))],
      connectionError(code.protocol),
    ],
    'CONTINUATION on an idle one': [
      [frame(type.continuation, flag.endHeaders, 1, request())],
      connectionError(code.protocol),
    ],
    'DATA after its end': [
      [get(1), frame(type.data, flag.endStream, 1, Buffer.alloc(1))],
      [...answered, ...streamError(code.streamClosed)],
    ],
    'HEADERS after its end': [
      [post(1), frame(type.data, flag.endStream, 1), get(1)],
      [...answered, ...streamError(code.streamClosed)],
    ],
    'CONTINUATION after its end': [
      [post(1), frame(type.data, flag.endStream, 1), frame(type.continuation, flag.endHeaders, 1)],
      [...answered, ...connectionError(code.protocol)],
    ],
    'DATA after its reset': [
      [
        post(1),
        frame(type.rstStream, 0, 1, number(code.cancel)),
        frame(type.data, flag.endStream, 1, Buffer.alloc(1)),
        get(3),
      ],
      [...answered, ...connectionError(code.streamClosed)],
      3,
    ],
    'an even number': [[get(2)], connectionError(code.protocol)],
    'a number below one before, whose stream is closed thereby': [
      [get(5), frame(type.headers, whole, 1, smuggled)],
      [...answered, ...connectionError(code.protocol, code.streamClosed)],
      5,
    ],
    'the number 0': [[frame(type.headers, whole, 0, request())], connectionError(code.protocol)],
  },
  '§5.3, priorities, which are not obeyed': {
    'a stream that depends on itself': [
      [
        frame(
          type.headers,
          whole | flag.priority,
          1,
          Buffer.concat([number(1), Buffer.from([255]), request()]),
        ),
      ],
      [...answered, ...streamError(code.protocol)],
    ],
    'an idle stream that depends on itself': [
      [frame(type.priority, 0, 3, Buffer.concat([number(3), Buffer.from([1])])), get(1)],
      [...answered, ...connectionError(code.protocol)],
    ],
    'of the connection': [
      [frame(type.priority, 0, 0, Buffer.alloc(5)), get(1)],
      [...answered, ...connectionError(code.protocol)],
    ],
  },
};

test('HTTP/2: frames, field blocks and states of streams are as RFC 9113 §4 and §5 say, and no target sees what breaks them', (t) =>
  judgeStreams(t, cases));
