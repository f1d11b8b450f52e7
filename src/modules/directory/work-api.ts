import type { Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import { askForAdvice } from './actions/ask-for-advice.ts'
import { assignOfficer } from './actions/assign-officer.ts'
import { bookAdvice } from './actions/book-advice.ts'
import { endOfficer } from './actions/end-officer.ts'
import { endSubstitution } from './actions/end-substitution.ts'
import { handOverWaiting } from './actions/hand-over-waiting.ts'
import { inviteOfficer } from './actions/invite-officer.ts'
import { nameSubstitute } from './actions/name-substitute.ts'
import { saveBody } from './actions/save-body.ts'
import { saveMandate } from './actions/save-mandate.ts'
import { saveUnit } from './actions/save-unit.ts'
import { strikeAdvice } from './actions/strike-advice.ts'
import { strikeMandate } from './actions/strike-mandate.ts'
import { takeWaiting } from './actions/take-waiting.ts'
import { withdrawAdviceRequest } from './actions/withdraw-advice-request.ts'
import { withdrawInvitation } from './actions/withdraw-invitation.ts'
import { adviceGiven, adviceLog, adviceReceived, deskOf, staffOf } from './reads.ts'
import type { SupportHolding } from './support.server.ts'

type Holding = SupportHolding
type Variables = { Variables: { caller: Caller } }
type Given = Record<string, unknown>
type Parts = Readonly<Record<string, string>>

/** An endpoint that does something or reads what is not for everybody. */
type Endpoint = {
  at: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`
  id: string
  summary: string
  /** What is brought as JSON, or asked in the address: name → what it is. */
  takes?: Readonly<Record<string, string>>
  run: (app: Holding, caller: Caller, parts: Parts, given: Given) => Promise<object | Refused>
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const list = async <Item>(items: Promise<Item[] | Refused>, name: string) => {
  const found = await items
  return isRefused(found) ? found : { [name]: found }
}
const languageOf = ({ language }: Given) => (isLanguage(language) ? language : 'en')

const adviceFields = {
  organisation: 'The code of the organisation, KP-….',
  on: 'Day, YYYY-MM-DD.',
  how: 'meeting, call, letter, event or visit.',
  action: 'Such as cooperation-partnerships; left out: none in particular.',
  edition: 'The year of the call.',
  topic: 'About what; the organisation sees it.',
  answer: 'To a question that waits: goes to whoever asked.',
  notes: 'For the officers of the body only.',
  unit: 'An id of the body’s units.',
  advisor: 'people.person of a colleague; left out: the caller.',
  request: 'The question that it answers.'
}
const contactFields = { website: '', email: '', phone: '', address: '', sourceTitle: '', sourceUrl: '' }

const endpoints: readonly Endpoint[] = [
  {
    at: 'GET /directory/desk',
    id: 'showDesk',
    summary: 'What waits at the body of the officer who asks, and who works there',
    takes: { language: 'lv or en, for names.' },
    run: (app, caller, _parts, given) => deskOf(app, caller, languageOf(given))
  },
  {
    at: 'POST /directory/waiting/:waiting/taking',
    id: 'takeWaiting',
    summary: 'Take something that waits upon oneself, or let go of it',
    takes: { taken: 'by-me or by-nobody.' },
    run: (app, caller, { waiting }, { taken }) =>
      takeWaiting(app, caller, { waiting: waiting!, taken: taken === 'by-nobody' ? taken : 'by-me' })
  },
  {
    at: 'POST /directory/waiting/:waiting/handing-over',
    id: 'handOverWaiting',
    summary: 'Hand something that waits to a unit of the body, or a question to another body',
    takes: { unit: 'An id; empty: the body as a whole.', body: 'Instead of unit: another body.' },
    run: (app, caller, { waiting }, { unit, body }) =>
      handOverWaiting(app, caller, {
        waiting: waiting!,
        to: body === undefined ? { unit: text(unit) } : { body: text(body) }
      })
  },
  {
    at: 'GET /directory/bodies/:body/advice',
    id: 'listAdvice',
    summary: 'The advice that a body gave, for its officers',
    takes: { language: 'lv or en, for names.' },
    run: (app, caller, { body }, given) =>
      list(adviceLog(app, caller, { body: body!, language: languageOf(given) }), 'advice')
  },
  {
    at: 'POST /directory/bodies/:body/advice',
    id: 'bookAdvice',
    summary: 'Book advice that was given to an organisation',
    takes: adviceFields,
    run: (app, caller, { body }, given) => bookAdvice(app, caller, { ...given, body: body! })
  },
  {
    at: 'POST /directory/advice/:advice/striking',
    id: 'strikeAdvice',
    summary: 'Strike advice that was booked by mistake; never one’s own',
    takes: { because: 'Why.' },
    run: (app, caller, { advice }, { because }) => strikeAdvice(app, caller, { advice: advice!, because })
  },
  {
    at: 'GET /directory/advice-given',
    id: 'listAdviceGiven',
    summary: 'The advice that the caller gave: where they can neither assess nor decide',
    run: (app, caller) => list(adviceGiven(app, caller), 'advice')
  },
  {
    at: 'GET /directory/organisations/:organisation/advice',
    id: 'listAdviceReceived',
    summary: 'What an organisation (its id) asked, and how it was advised, for those who work for it',
    run: (app, caller, { organisation }) => adviceReceived(app, caller, organisation!)
  },
  {
    at: 'POST /directory/organisations/:organisation/advice-requests',
    id: 'askForAdvice',
    summary: 'Ask for advice; the question goes to whoever has the mandate',
    takes: {
      action: 'Such as cooperation-partnerships; left out: none in particular.',
      edition: 'The year of the call.',
      field: 'Where it decides who answers.',
      question: 'In words.'
    },
    run: (app, caller, { organisation }, given) =>
      askForAdvice(app, caller, { ...given, organisation: organisation! })
  },
  {
    at: 'DELETE /directory/advice-requests/:request',
    id: 'withdrawAdviceRequest',
    summary: 'Take a question back that nobody answered yet',
    run: (app, caller, { request }) => withdrawAdviceRequest(app, caller, request!)
  },
  {
    at: 'GET /directory/bodies/:body/officers',
    id: 'listOfficers',
    summary: 'Who works for a body, who stands in for whom, who is invited',
    run: (app, caller, { body }) => staffOf(app, caller, body!)
  },
  {
    at: 'POST /directory/bodies/:body/invitations',
    id: 'inviteOfficer',
    summary: 'Invite somebody by mail to work for a body',
    takes: { email: '', language: 'lv or en.', head: 'true: as head of the body.', units: 'Ids of units.' },
    run: (app, caller, { body }, given) => inviteOfficer(app, caller, { ...given, body: body! })
  },
  {
    at: 'DELETE /directory/invitations/:invitation',
    id: 'withdrawInvitation',
    summary: 'Withdraw an invitation that nobody accepted yet',
    run: (app, caller, { invitation }) => withdrawInvitation(app, caller, invitation!)
  },
  {
    at: 'PUT /directory/bodies/:body/officers/:officer',
    id: 'assignOfficer',
    summary: 'Say in which units an officer works, and whether they are head of the body',
    takes: { head: 'true or false.', units: 'Ids of units.' },
    run: (app, caller, { body, officer }, given) =>
      assignOfficer(app, caller, { ...given, body: body!, officer: officer! })
  },
  {
    at: 'DELETE /directory/bodies/:body/officers/:officer',
    id: 'endOfficer',
    summary: 'End an officer’s work for a body',
    run: (app, caller, { body, officer }) => endOfficer(app, caller, { body: body!, officer: officer! })
  },
  {
    at: 'POST /directory/bodies/:body/substitutions',
    id: 'nameSubstitute',
    summary: 'Name who stands in for an officer, from the first to the last day',
    takes: {
      officer: 'people.role of who is away; left out: the caller.',
      colleague: 'people.person of a colleague, or:',
      email: 'somebody else, who is invited.',
      from: 'First day.',
      until: 'Last day.',
      reason: 'For the officers of the body.'
    },
    run: (app, caller, { body }, given) => nameSubstitute(app, caller, { ...given, body: body! })
  },
  {
    at: 'DELETE /directory/substitutions/:substitution',
    id: 'endSubstitution',
    summary: 'End a substitution before its time',
    run: (app, caller, { substitution }) => endSubstitution(app, caller, substitution!)
  },
  {
    at: 'PUT /directory/bodies/:body',
    id: 'saveBody',
    summary: 'Add a body (revision 0) or change one',
    takes: {
      revision: 'The one that was read; 409 says what stands now if there is a newer one.',
      nameLv: '',
      nameEn: '',
      short: '',
      kinds: 'The main thing first.',
      country: 'ISO 3166-1 alpha-2.',
      doesLv: '',
      doesEn: '',
      supervisedBy: 'Another body.',
      checked: 'Day.',
      ended: 'Its last day.',
      ...contactFields
    },
    run: (app, caller, { body }, given) =>
      saveBody(app, caller, { ...given, body: body!, revision: given.revision })
  },
  {
    at: 'PUT /directory/bodies/:body/units/:unit',
    id: 'saveUnit',
    summary: 'Add a unit (“new”, revision 0) or change one',
    takes: { revision: '', nameLv: '', nameEn: '', ended: 'Its last day.', ...contactFields },
    run: (app, caller, { body, unit }, given) =>
      saveUnit(app, caller, { ...given, body: body!, unit: idOf(unit), revision: given.revision })
  },
  {
    at: 'PUT /directory/bodies/:body/mandates/:mandate',
    id: 'saveMandate',
    summary: 'Give a body a mandate (“new”, revision 0) or change one',
    takes: {
      revision: '',
      purpose: '',
      unit: 'An id; left out: the body as a whole.',
      countries: 'Codes, one after the other; left out: any.',
      fields: 'Left out: every field.',
      actions: 'Left out: every action.',
      from: 'First day.',
      until: 'Last day.',
      noteLv: '',
      noteEn: '',
      checked: 'Day.',
      sourceTitle: '',
      sourceUrl: ''
    },
    run: (app, caller, { body, mandate }, given) =>
      saveMandate(app, caller, { ...given, body: body!, mandate: idOf(mandate), revision: given.revision })
  },
  {
    at: 'DELETE /directory/bodies/:body/mandates/:mandate',
    id: 'strikeMandate',
    summary: 'Strike a mandate that was written down by mistake and never held',
    run: (app, caller, { body, mandate }) => strikeMandate(app, caller, { body: body!, mandate: mandate! })
  }
]

const idOf = (part: string | undefined) => (part === 'new' ? '' : (part ?? ''))

/** Adds what officers, members and administrators do to the machines' door of the directory. */
export function addWork(api: Hono<Variables>, app: Holding): void {
  for (const endpoint of endpoints) {
    const [method, path] = endpoint.at.split(' ') as [string, string]
    api.on(method, path, describeRoute(descriptionOf(endpoint, method)), async (c) => {
      const given = method === 'GET' ? c.req.query() : await readJson(c)
      if (given === undefined) {
        return refuse(c, refused('invalid', { problems: [{ field: '', key: 'form.not-understood' }] }))
      }
      return reply(c, await endpoint.run(app, c.var.caller, c.req.param() as Parts, given))
    })
  }
}

/** The JSON of a request; {} where nothing was sent; undefined where it is none. */
async function readJson(c: Context): Promise<Given | undefined> {
  const sent = await c.req.text()
  if (sent === '') return {}
  try {
    const given: unknown = JSON.parse(sent)
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Given) : undefined
  } catch {
    return undefined
  }
}

function descriptionOf(
  { id, summary, takes }: Endpoint,
  method: string
): Parameters<typeof describeRoute>[0] {
  const named = Object.entries(takes ?? {})
  return {
    operationId: id,
    summary,
    ...(method === 'GET'
      ? {
          parameters: named.map(([name, description]) => ({
            name,
            in: 'query' as const,
            required: false,
            schema: { type: 'string' as const },
            description
          }))
        }
      : named.length > 0 && {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object' as const,
                  properties: Object.fromEntries(named.map(([name, description]) => [name, { description }]))
                }
              }
            }
          }
        }),
    responses: {
      200: { description: 'Done, or what was asked for.' },
      401: { description: 'Nobody is signed in.' },
      403: { description: 'It is not for this role, body or organisation, or asks for a second factor.' },
      404: { description: 'It is not there, or the caller may not know of it.' },
      409: { description: 'It cannot be done as things stand; `current` is what stands now.' },
      422: { description: 'Something has to be settled: `problems` name each.' }
    }
  }
}
