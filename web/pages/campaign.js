/**
 * Leads links to one of the forms to the widget that stands in their place: without loading the page anew, which would
 * lose what was typed. Until the widget is there, and where the plain forms stay, they are links like any.
 */

const widget = document.querySelector('groundswell-action');

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-step]');
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || !widget?.step) return;
  // Throws for a step that the widget does not have: the link stays one.
  widget.go(link.dataset.step);
  event.preventDefault();
  widget.scrollIntoView();
});

/** The plain form that this address leads to will not be seen: its twin in the widget comes first, and has its name. */
const wanted = location.hash.slice(1);
const kinds = (widget?.getAttribute('kind') ?? '').split(' ');
if (kinds.indexOf(wanted) > 0) {
  document.getElementById(wanted)?.removeAttribute('id');
  widget.id = wanted;
  widget.setAttribute('kind', [wanted, ...kinds.filter((kind) => kind !== wanted)].join(' '));
}
