import { Temporal } from 'temporal-polyfill'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Language } from '#shared/texts/language.ts'
import { moment } from '../../submission/moment.ts'
import { verifyReceipt } from '../../submission/reads.ts'
import type { Verified } from '../../submission/verify.server.ts'

type Event = {
  locals: { app: App; language: Language }
  request: Request
  url: URL
  getClientAddress: () => string
}

const mostBytes = 5_000_000 // not of a guide: bytes

export const actions = {
  default: async (event: Event) => {
    const { locals, request } = event
    const form = await request.formData()
    const receipt = await jsonOf(form.get('receipt'))
    if (receipt === undefined) {
      const problems = [{ field: 'receipt', key: 'applications-submission.verify.no-receipt' as const }]
      return refuseForm(refused('invalid', { problems }), event, {})
    }
    const content = await jsonOf(form.get('content'))
    const from = event.getClientAddress()
    const verified = await verifyReceipt(locals.app, { receipt, content, from })
    if (isRefused(verified)) return refuseLoad(verified, event)
    return { verified: inWords(verified, locals.language) }
  }
}

/** What is in an uploaded file; undefined: none was sent. What cannot be read is null, which is no receipt. */
async function jsonOf(file: FormDataEntryValue | null): Promise<unknown> {
  if (!(file instanceof File) || file.size === 0) return undefined
  if (file.size > mostBytes) return null
  try {
    return JSON.parse(await file.text()) as unknown
  } catch {
    return null
  }
}

/** What was found out, in words. */
export type Words = ReturnType<typeof inWords>

function inWords({ receipt, content, says }: Verified, language: Language) {
  return {
    receipt,
    content,
    says: says && {
      title: says.title,
      application: says.application,
      coordinator: says.coordinator,
      call: says.call,
      number: says.number,
      received: moment(Temporal.Instant.from(says.receivedAt), language, 'Europe/Brussels'),
      sha256: says.sha256
    }
  }
}
