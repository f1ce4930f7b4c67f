import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** The outline of a QR code's dark modules as an SVG path, one unit a module; `size` modules on each side. */
export interface QrCode {
  size: number;
  path: string;
}

/** Level M still reads with a seventh of the code under a stamp or a fold (ISO/IEC 18004). */
export function drawQrCode(address: string): QrCode {
  const code = generate(address, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M });
  return { size: code.size, path: toSvgPath(code) };
}
