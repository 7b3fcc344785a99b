import { crc32, deflateSync } from 'node:zlib';
import qrcode from 'qrcode-generator';

/** Pixels of a module, and modules of the white edge that readers need. */
const pixels = 4;
const edge = 4;

/** The text as a QR code: a PNG of black and white. @see ISO/IEC 18004; PNG (Third Edition) §11 */
export function qrPng(text: string): Uint8Array {
  const code = qrCode(text);
  const count = code.getModuleCount();
  const size = (count + 2 * edge) * pixels;
  const rowBytes = Math.ceil(size / 8);
  const image = Buffer.alloc((rowBytes + 1) * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const row = Math.floor(y / pixels) - edge;
      const column = Math.floor(x / pixels) - edge;
      const isInside = row >= 0 && row < count && column >= 0 && column < count;
      if (isInside && code.isDark(row, column)) continue;
      const at = y * (rowBytes + 1) + 1 + (x >> 3);
      image[at] = (image[at] ?? 0) | (0x80 >> (x & 7));
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit a pixel, shades of grey.
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(image)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The text as a QR code for a terminal: lines of half blocks, a filled half for a light module. */
export function qrBlocks(text: string): string {
  const code = qrCode(text);
  const count = code.getModuleCount();
  const isLight = (row: number, column: number): boolean =>
    row < 0 || column < 0 || row >= count || column >= count || !code.isDark(row, column);
  const lines: string[] = [];
  for (let row = -edge; row < count + edge; row += 2) {
    let line = '';
    for (let column = -edge; column < count + edge; column++)
      line += blocks[Number(isLight(row, column)) * 2 + Number(isLight(row + 1, column))];
    lines.push(line);
  }
  return lines.join('\n');
}

/** By whether the upper and the lower half are filled. */
const blocks = [' ', '▄', '▀', '█'] as const;

function qrCode(text: string): ReturnType<typeof qrcode> {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  return code;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
