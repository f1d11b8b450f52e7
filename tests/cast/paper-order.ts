import { Temporal } from 'temporal-polyfill'
import { formFor } from '#server/programmes'
import { completeAnswers } from './answers-complete.ts'
import { theProgrammes } from './calls-at-desk.ts'
import type { Participant } from '../../src/modules/applications/application.ts'
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
    ...{ budget: null, files: [], declaration: null }
  }
  return {
    ...{ content, form, call: 'Sadarbības partnerības', action: 'Sadarbības partnerība', now },
    hash: hashOfContent(content)
  }
}

/** That it was handed in, as the twelfth of its call. */
export function submissionOf({ content, hash }: PaperOrder): NonNullable<PaperOrder['submission']> {
  const { call } = content
  return {
    ...{ id: '1', application: '2', call, number: 12, state: 'counts', by: '3', entry: '4' },
    ...{ receivedAt: now, clockError: 1, acceptedAt: now, hash }
  }
}
