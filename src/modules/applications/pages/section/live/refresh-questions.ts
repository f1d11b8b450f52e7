/**
 * An answer decides which questions are asked: those that are new come onto the page, those that are not asked any
 * more leave it. What somebody is writing meanwhile stays as it is.
 */
export function refreshQuestions(form: HTMLFormElement, page: Document): void {
  const now = [...page.querySelectorAll<HTMLElement>('form[data-application] [data-question]')]
  const asked = new Set(now.map((block) => block.dataset.question))
  for (const block of form.querySelectorAll<HTMLElement>('[data-question]')) {
    if (!asked.has(block.dataset.question)) block.remove()
  }
  let before: Element | null = null
  for (const block of now) {
    const here: Element | null = form.querySelector(
      `[data-question="${CSS.escape(block.dataset.question!)}"]`
    )
    const kept: Element = here ?? document.importNode(block, true)
    if (!here && before) before.after(kept)
    else if (!here) form.querySelector('[data-question]')?.before(kept)
    before = kept
  }
}
