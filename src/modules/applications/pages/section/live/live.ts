import { standAsWindow, viewNumber } from '../../../writing/browser-window.ts'
import { openLive } from '../../../writing/live-client.ts'
import { sayFrom } from '#shared/texts/say.ts'
import { offerLeftBehind } from './left-behind.ts'
import type { FieldWorld, LiveField } from './live-field.ts'
import { liveText } from './live-text.ts'
import type { LiveTexts } from './live-texts.ts'
import { liveValue } from './live-value.ts'
import { completeNames } from './complete-names.ts'
import { pageNow } from './page-now.ts'
import { refreshQuestions } from './refresh-questions.ts'
import { reportAttempts } from './report-attempts.ts'
import { showCheck } from './show-check.ts'
import { showHere } from './show-here.ts'
import { showProblems } from './show-problems.ts'
import { stateShower } from './show-state.ts'
import { holdsUnsaid, showTalks, talkInPlace } from './talk-in-place.ts'

/**
 * Makes a section save itself while somebody writes, and shows what others write and who is here. The page is whole
 * without it: whatever fails here leaves the form and its buttons as they are.
 */
export function startSection(language: 'lv' | 'en', messages: Record<string, unknown>): void {
  const form = document.querySelector<HTMLFormElement>('form[data-application]')
  const spoken = document.querySelector<HTMLElement>('[data-announce]')
  if (!form || !spoken) return
  const application = form.dataset.application!
  const person = form.dataset.person!
  const t: LiveTexts = sayFrom(language, messages)
  const view = viewNumber()
  standAsWindow(view)
  const fields = new Map<string, LiveField>()
  const announce = (text: string) => (spoken.textContent = text)

  const world: FieldWorld = {
    form,
    application,
    person,
    view,
    language,
    t,
    show: stateShower(t, language, announce),
    changed: (field) => {
      const block = blockOf(field.path)
      if (field.state === 'saved' && block && asksForALook(block)) due = true
      if (due && allSaved()) lookAgain()
    }
  }
  /** Whether the server has something to say about an answer that is saved now. */
  let due = false
  const blockOf = (path: string) => form.querySelector<HTMLElement>(`[data-question="${CSS.escape(path)}"]`)
  const allSaved = () => [...fields.values()].every(({ state }) => state === 'saved')

  /** What is asked now, what is wrong, what is said: the server is asked once for all that happened in a moment. */
  let look: ReturnType<typeof setTimeout> | undefined
  function lookAgain(): void {
    clearTimeout(look)
    look = setTimeout(() => {
      due = false
      void pageNow().then((page) => {
        if (!page) return
        // What is being typed now is looked at when it is saved.
        if (allSaved()) takeOver(page)
        else due = true
        showTalks(form!, page)
      })
    }, moment)
  }

  function takeOver(page: Document): void {
    refreshQuestions(form!, page)
    adopt()
    for (const block of form!.querySelectorAll<HTMLElement>('[data-question]')) {
      const now = page.querySelector<HTMLElement>(`[data-question="${CSS.escape(block.dataset.question!)}"]`)
      const news = now && showProblems(block, now)
      if (news) announce(news)
    }
    const broken = showCheck(form!, page)
    if (broken) announce(broken)
  }

  /** Takes the questions that stand on the page now, and lets go of those that are gone. */
  function adopt(): void {
    const blocks = [...form!.querySelectorAll<HTMLElement>('[data-question]')]
    const paths = new Set(blocks.map((block) => block.dataset.question!))
    for (const [path, field] of fields) {
      if (paths.has(path)) continue
      field.close()
      fields.delete(path)
    }
    for (const block of blocks) {
      if (fields.has(block.dataset.question!)) continue
      const isText = block.dataset.kind === 'text' || block.dataset.kind === 'line'
      const field = isText ? liveText(block, world) : liveValue(block, world)
      if (field) fields.set(field.path, field)
    }
  }
  adopt()

  const live = openLive(
    { application, view },
    {
      saved: (change) => fields.get(change.path)?.hear(change),
      versions: (newest) => {
        for (const [path, version] of Object.entries(newest)) fields.get(path)?.newest(version)
      },
      here: (present) => showHere(present, fields, { language, t }),
      comments: lookAgain,
      outline: () => announceNews('outline'),
      line: (line) => {
        if (line === 'ended') announceNews('ended')
      }
    }
  )

  function announceNews(what: 'outline' | 'ended'): void {
    const place = document.querySelector<HTMLElement>('[data-news]')
    if (!place) return
    const text = t(`applications-editor.live.${what}`)
    place.textContent = text
    place.hidden = false
    announce(text)
  }

  const stand = () => {
    const path = document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset.question
    if (path !== undefined) live.stand({ path, cursor: fields.get(path)?.cursor() })
  }
  form.addEventListener('focusin', stand)
  document.addEventListener('selectionchange', stand)
  addEventListener('online', () => {
    for (const field of fields.values()) field.retry()
  })
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') for (const field of fields.values()) field.flush()
  })
  /** The page is left because its form goes, with everything that stands in it. */
  let goes = false
  addEventListener('beforeunload', (event) => {
    const stays = holdsUnsaid(form) && !goes
    goes = false
    if (!allSaved() || stays) event.preventDefault()
  })
  completeNames(form, t('applications-editor.comments.mention-whom'))
  const talking = talkInPlace(form, {
    announce,
    said: t('applications-editor.live.said'),
    notSaid: t('applications-editor.live.not-said')
  })
  form.addEventListener('submit', (event) => {
    // A save that is on its way would be made twice: the form goes when all of it is settled.
    goes = allSaved() && !talking()
    if (goes) return
    event.preventDefault()
    void settled().then((saved) => {
      if (saved) form.requestSubmit(event.submitter as HTMLButtonElement | null)
      else announceUnsaved()
    })
  })

  /** Saves at once, and waits as long as a person would. @returns whether everything is saved */
  async function settled(): Promise<boolean> {
    for (const field of fields.values()) field.flush()
    for (let waited = 0; waited < patience && (!allSaved() || talking()); waited += step) await pause(step)
    return allSaved()
  }

  function announceUnsaved(): void {
    announce(t('applications-editor.live.not-all-saved'))
    const open = [...fields.values()].find(({ state }) => state !== 'saved')
    blockOf(open?.path ?? '')?.scrollIntoView({ block: 'center' })
  }

  reportAttempts({ application, person }, () => [...fields.values()].some(({ state }) => state === 'offline'))

  const offers = document.querySelector<HTMLElement>('[data-offers]')
  if (offers) offerLeftBehind({ application, person }, fields, { t, place: offers })
}

/** An answer that decides, that can be wrong, or a text that became too long or is not any more. */
function asksForALook(block: HTMLElement): boolean {
  const { decides, checked } = block.dataset
  const over = block.querySelector('[data-over]') !== null
  const saidToBe = block.querySelector('[data-answer] .ds-validation-message') !== null
  return decides === 'true' || checked === 'true' || over !== saidToBe
}

const moment = 150 // not of a guide: milliseconds
const patience = 8000 // not of a guide: milliseconds
const step = 50
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
