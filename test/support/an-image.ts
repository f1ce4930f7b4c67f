import { crc32, deflateSync } from 'node:zlib';

interface Png {
  width?: number;
  height?: number;
  /** Further chunks before the pixels, by type. */
  chunks?: Record<string, Buffer>;
}

/** A PNG image, dark with a light band, that browsers show. */
export function aPng({ width = 96, height = 32, chunks = {} }: Png = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits of grey a pixel.
  header[8] = 8;
  const rows = Array.from({ length: height }, (_, at) => [0, ...Array(width).fill(at % 16 < 8 ? 40 : 220)]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    toChunk('IHDR', header),
    ...Object.entries(chunks).map(([type, data]) => toChunk(type, data)),
    toChunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A WebP file of these chunks, by type. */
export function aWebp(chunks: Record<string, Buffer>): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...Object.entries(chunks).map(toRiffChunk)]);
  return toRiffChunk(['RIFF', body]);
}

/** The chunk of a lossy image (RFC 6386, section 9.1), without its pixels. */
export function aLossyFrame(width: number, height: number): Buffer {
  const frame = Buffer.from('0000009d012a00000000', 'hex');
  frame.writeUInt16LE(width, 6);
  frame.writeUInt16LE(height, 8);
  return frame;
}

/** The chunk of a lossless image (RFC 9649, section 3.4), without its pixels. */
export function aLosslessFrame(width: number, height: number): Buffer {
  const frame = Buffer.from('2f00000000', 'hex');
  frame.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return frame;
}

function toChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

function toRiffChunk([type, data]: [string, Buffer]): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}
