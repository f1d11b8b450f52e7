/** Copies an answer at a press. Without script there is no button, and the text is selected by hand. */
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const text = button.closest('[data-path]')?.querySelector('[data-text]')?.textContent
  button.hidden = !text || !navigator.clipboard
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text ?? '').then(() => {
      const said = button.closest<HTMLElement>('[data-copied]')?.dataset.copied ?? ''
      const before = button.firstChild?.textContent ?? ''
      button.firstChild!.textContent = said
      const spoken = document.querySelector('[data-announce]')
      if (spoken) spoken.textContent = said
      setTimeout(() => (button.firstChild!.textContent = before), shown)
    })
  })
}

const shown = 2000 // not of a guide: milliseconds
