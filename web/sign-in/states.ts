import { Account } from './account.ts';

/** Shows what the page has for a state, by `data-when`, and hides what it has for others. */
export function show(root: HTMLElement, state: string): void {
  for (const part of root.querySelectorAll<HTMLElement>('[data-when]'))
    part.hidden = !part.dataset['when']?.split(' ').includes(state);
}

/** Fills an address into the texts that name it. They are text, not markup. */
export function name(root: HTMLElement, email: string): void {
  for (const part of root.querySelectorAll<HTMLElement>('[data-email]'))
    part.textContent = part.dataset['email']?.replace('{email}', email) ?? '';
}

/** Does what a button of this name says, and until that has come to an end, nothing else. */
export function onPress(root: HTMLElement, button: string, act: () => Promise<void>): void {
  for (const each of root.querySelectorAll<HTMLButtonElement>(`[data-do="${button}"]`))
    each.addEventListener('click', () => {
      each.disabled = true;
      void act().finally(() => {
        each.disabled = false;
      });
    });
}

/** The account by what the page says of its issuer. */
export function accountOf({ dataset }: HTMLElement): Account {
  return new Account({ issuer: dataset['issuer'] ?? '', client: dataset['client'] ?? '' });
}
