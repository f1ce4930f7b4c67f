/**
 * Compares a file with a letter, by its SHA-256. The file stays where it is: this script reads it and sends nothing.
 * It finds its places by the `data-` attributes of `letter-file.ts`.
 */

/** In hexadecimal, as the page has it. */
export async function fingerprintOf(file) {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is found of a file: `same`, `other` or `unreadable`. */
export async function check(file, fingerprint) {
  try {
    return (await fingerprintOf(file)) === fingerprint ? 'same' : 'other';
  } catch {
    return 'unreadable';
  }
}

function offer(root) {
  const [input, outcome] = [root.querySelector('input'), root.querySelector('[role="status"]')];
  input.addEventListener('change', async () => {
    const [file] = input.files;
    const found = file ? await check(file, root.dataset.fileCheck) : undefined;
    // Another file may have been chosen while a large one was read.
    if (file !== input.files[0]) return;
    outcome.textContent = found ? root.dataset[found] : '';
    outcome.dataset.outcome = found ?? '';
  });
  root.hidden = false;
}

/** Browsers compute it only on pages that came by a secure way. */
const canCompute = typeof document !== 'undefined' && globalThis.crypto?.subtle !== undefined;
if (canCompute) document.querySelectorAll('[data-file-check]').forEach(offer);
