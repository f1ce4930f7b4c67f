/**
 * Tells the page that has this one in a frame how tall it is, so that it may give the frame as much room. Any page may
 * know: there is nothing personal in a height.
 */
function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ type: 'groundswell:height', height }, '*');
}

if (parent !== window) new ResizeObserver(tell).observe(document.body);
