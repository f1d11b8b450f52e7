import { Temporal } from 'temporal-polyfill'
import { budgetRules, formFor } from '#server/programmes'
import { completeAnswers } from './answers-complete.ts'
import type { JsonValue } from '#shared/audit/index.ts'
import { theProgrammes } from './calls-at-desk.ts'
import type { Participant } from '../../src/modules/applications/application.ts'
import type { BudgetLine } from '../../src/modules/applications/budget/budget-line.ts'
import { computeBudget } from '../../src/modules/applications/budget/compute-budget.ts'
import { figuresFrom } from '../../src/modules/applications/submission/figures.ts'
import {
  type SealedContent,
  contentFormat,
  hashOfContent
} from '../../src/modules/applications/submission/manifest.ts'
import type { PaperOrder } from '../../src/modules/applications/submission/paper.server.ts'

export const now = Temporal.Instant.from('2026-03-05T10:59:59.123Z')
const form = formFor(theProgrammes(), { action: 'cooperation-partnerships', edition: 2026, field: 'school' })!
const schools = Array.from({ length: 10 }, (_, at) => `${at + 1}. vidusskola “Āža kalns” #import "x"`)

/** What schools answered together; every text is as long as the form lets it be, or as given. */
export function paperOrder({ text, names = schools }: { text?: string; names?: string[] } = {}): PaperOrder {
  const participants = names.map((name, at) => ({
    id: `aaaaaaaa-bbbb-4ccc-8ddd-0000000000${10 + at}`,
    position: at,
    role: at === 0 ? ('coordinator' as const) : ('partner' as const),
    organisation: null,
    name,
    country: 'LV'
  }))
  const given = completeAnswers(form, participants as unknown as Participant[])
  const answers = Object.fromEntries(
    Object.entries(given).map(([path, one]) => [path, 'text' in one ? (text ?? one.text) : one.value])
  )
  const content: SealedContent = {
    format: contentFormat,
    terms: '00000000-0000-4000-8000-000000000001',
    ...{ application: '2026-lv-viaa-3-7kq2x', call: '2026-lv-viaa-3', action: form.action, edition: 2026 },
    ...{
      field: 'school',
      form: form.version,
      language: 'lv',
      title: 'Lasīšanas tilti',
      participants,
      answers
    },
    ...{ budget: linesOf(participants) as unknown as JsonValue, files: [], declaration: null }
  }
  return { content, form, figures: figuresOf(content), now, hash: hashOfContent(content) }
}

/** A line for each of them, and the management, which come to the lump sum of 120 000 euros. */
function linesOf(participants: SealedContent['participants']): BudgetLine[] {
  const [coordinator] = participants
  const each = Math.floor(96_000_00 / participants.length)
  const shared = { category: 'work-packages', workPackage: 'workpa10' }
  return [
    ...participants.map(({ id }, at) => ({
      ...{ id: `line${1000 + at}`, participant: id, title: `${at + 1}. lasītava`, ...shared },
      cents: at === 0 ? 96_000_00 - each * (participants.length - 1) : each
    })),
    {
      ...{ id: 'linelead', participant: coordinator!.id, category: 'management-work-package' },
      ...{ title: 'Vadība', workPackage: 'workpa10', cents: 24_000_00 }
    }
  ]
}

function figuresOf({ action, edition, participants, answers, budget }: SealedContent) {
  const rules = budgetRules(
    { programmes: theProgrammes() },
    { action, edition, consortium: { partners: [] } }
  )!
  const computed = computeBudget(rules, {
    participants: participants as unknown as Participant[],
    workPackages: [{ id: 'workpa10', title: '' }],
    months: 24,
    lumpSum: answers['budget.lump-sum'] as number,
    lines: budget as unknown as BudgetLine[]
  })
  return figuresFrom(rules, computed, {
    call: { lv: 'Sadarbības partnerības', en: 'Cooperation partnerships' },
    action: { lv: 'Sadarbības partnerība', en: 'Cooperation partnership' },
    closesOn: '2026-03-05'
  })
}

/** That it was handed in, as the twelfth of its call. */
export function submissionOf({ content, hash = '' }: PaperOrder): NonNullable<PaperOrder['submission']> {
  const { call } = content
  return {
    ...{ id: '1', application: '2', call, number: 12, state: 'counts', by: '3', entry: '4' },
    ...{ receivedAt: now, clockError: 1, acceptedAt: now, hash }
  }
}
