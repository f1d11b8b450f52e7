/** What somebody else answered meanwhile, beside what stands in the form: both are seen, and the person decides. */
import type { LiveTexts } from './live-texts.ts'
import { pageNow } from './page-now.ts'

type Deciding = { keepMine: () => void; takeTheirs: () => void }

/** Shows it in the block of the question, in the words of the server; says who it was as soon as that is known. */
export function showTheirs(
  block: HTMLElement,
  { application, path, t }: { application: string; path: string; t: LiveTexts },
  { keepMine, takeTheirs }: Deciding
): void {
  hideTheirs(block)
  const notice = document.createElement('div')
  notice.className = 'ds-alert'
  notice.dataset.color = 'warning'
  notice.dataset.theirs = ''
  const who = paragraph(t('applications-editor.conflict.theirs'))
  const said = document.createElement('div')
  said.dataset.said = ''
  const row = document.createElement('div')
  row.className = 'kopa-row'
  row.append(
    button(t('applications-editor.conflict.keep-mine'), 'primary', keepMine),
    button(t('applications-editor.conflict.take-theirs'), 'secondary', takeTheirs)
  )
  notice.append(who, said, paragraph(t('applications-editor.conflict.yours')), row)
  block.querySelector('[data-answer]')?.append(notice)
  void pageNow().then((page) => {
    const lines = page && linesIn(page, path)
    if (lines?.length === 0) said.append(paragraph(t('applications-editor.section.unanswered')))
    else said.append(...(lines ?? []).map(paragraph))
  })
  void writerOf(application, path).then((name) => {
    if (name) who.textContent = t('applications-editor.conflict.theirs-by', { name })
  })
}

/** It is decided; also what the server said about it when the form came back. */
export function hideTheirs(block: HTMLElement): void {
  for (const notice of block.querySelectorAll('[data-theirs]')) notice.remove()
}

function linesIn(page: Document, path: string): string[] {
  const said = page.querySelector<HTMLTemplateElement>(
    `[data-question="${CSS.escape(path)}"] template[data-said-now]`
  )
  return [...(said?.content.querySelectorAll('p') ?? [])].map((line) => line.textContent)
}

/** Who wrote last in a field; undefined where it cannot be known. */
async function writerOf(application: string, path: string): Promise<string | undefined> {
  const address = `/api/v1/applications/${application}/answers/${encodeURIComponent(path)}/history`
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } })
    const { spans } = (await response.json()) as { spans?: { name: string | null }[] }
    return spans?.[0]?.name ?? undefined
  } catch {
    return undefined
  }
}

function paragraph(text: string): HTMLParagraphElement {
  return Object.assign(document.createElement('p'), { textContent: text })
}

function button(text: string, variant: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'ds-button',
    textContent: text
  })
  Object.assign(made.dataset, { variant, size: 'sm' })
  made.addEventListener('click', act)
  return made
}
