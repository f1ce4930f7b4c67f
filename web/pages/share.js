/**
 * Adds to the ways to share what only a browser can do: its own way, and copying. It finds its places by the `data-`
 * attributes of `share-ways.ts`.
 */

function offer(root) {
  const [app, copy] = ['app', 'copy'].map((name) => root.querySelector(`[data-share-${name}]`));
  if (navigator.share) show(app, () => shareBy(root, app.dataset));
  if (navigator.clipboard) show(copy, () => copyFrom(root));
}

function show(button, act) {
  button.hidden = false;
  button.addEventListener('click', act);
}

/** Closing the browser's dialog is a rejection, too, as is a dialog that is open. Where there may be none, the link is copied. */
function shareBy(root, { title, text, url }) {
  navigator.share({ title, text, url }).catch(({ name }) => {
    if (name !== 'AbortError' && name !== 'InvalidStateError') return copyFrom(root);
  });
}

/**
 * Where copying is not allowed, the link is selected, so that the reader can copy it. What is said is taken away for a
 * moment, so that it is said again.
 */
async function copyFrom(root) {
  const [field, news] = [root.querySelector('input'), root.querySelector('[data-share-news]')];
  news.textContent = '';
  try {
    await navigator.clipboard.writeText(field.value);
    await new Promise((done) => setTimeout(done, 100));
    news.textContent = news.dataset.copied;
  } catch {
    field.select();
  }
}

document.querySelectorAll('[data-share]').forEach(offer);
